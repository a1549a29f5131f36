/* Morphology (IBSI 3.1): the shape of the morphological mask, and how intensities lie in the ROI.
 */
#ifndef RADMILL_ENGINE_FEATURES_MORPHOLOGY_H
#define RADMILL_ENGINE_FEATURES_MORPHOLOGY_H

#include "engine/features/shape.h"

struct morphology {
    struct shape shape;
    double asphericity;
    double box_volume_share, box_area_share;             /* axis-aligned bounding box */
    double oriented_volume_share, oriented_area_share;   /* oriented minimum bounding box */
    double ellipsoid_volume_share, ellipsoid_area_share; /* approximate enclosing ellipsoid */
    double least_volume_share, least_area_share;         /* minimum volume enclosing ellipsoid */
    double hull_volume_share, hull_area_share;           /* convex hull */
    double centre_shift_mm;      /* between the centres of the shape and of the intensities */
    double integrated_intensity; /* mean intensity times mesh volume */
    double moran_i, geary_c;
};

/* Measures a family of field_rows of struct morphology: struct family's `measure`. It needs
 * in->view. */
bool morphology_measure(const struct family *self, const struct family_input *in,
                        const bool *wanted, struct fvalue *out, struct err *e);

/* Local intensity (IBSI 3.2), a family of field_rows of struct intensity_peaks; likewise. */
bool local_intensity_measure(const struct family *self, const struct family_input *in,
                             const bool *wanted, struct fvalue *out, struct err *e);

#endif
