/* Shape of the ROI in space and of a flat ROI in its plane (specification 6.8, 6.9; IBSI 3.1). */
#ifndef RADMILL_ENGINE_FEATURES_SHAPE_H
#define RADMILL_ENGINE_FEATURES_SHAPE_H

#include "engine/features/fields.h"

struct shape {
    double mesh_volume_mm3, voxel_volume_mm3, area_mm2, area_per_volume; /* 1/mm */
    double sphericity, spherical_disproportion, compactness_1, compactness_2;
    double major_axis_mm, minor_axis_mm, least_axis_mm, elongation, flatness;
    double diameter_mm; /* the largest distance of two vertices of the mesh */
    double slice_diameter_mm, column_diameter_mm, row_diameter_mm; /* at equal z, y, x */
};

struct flat_shape {
    double mesh_area_mm2, pixel_area_mm2, perimeter_mm, perimeter_per_area; /* 1/mm */
    double sphericity, spherical_disproportion;
    double major_axis_mm, minor_axis_mm, elongation, diameter_mm;
};

/* mask as in mesh.h. ERR_FAILED: no memory */
bool shape_of_mask(const uint8_t *mask, const int64_t size[3], const double spacing_mm[3],
                   struct shape *out, struct err *e);

/* Measure families of field_rows of these structs: struct family's `measure`. */
bool shape_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                   struct fvalue *out, struct err *e);

/* ERR_REFUSED for a ROI that is more than one voxel thick along the settings' flat axis. */
bool flat_shape_measure(const struct family *self, const struct family_input *in,
                        const bool *wanted, struct fvalue *out, struct err *e);

#endif
