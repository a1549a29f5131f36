/* Shape of the ROI in space (specification 6.8; IBSI 3.1). */
#include "engine/features/families.h"

#include "engine/features/axes.h"
#include "engine/features/diameters.h"
#include "engine/features/mesh.h"

#include <math.h>

enum {
    ELONGATION,
    FLATNESS,
    LEAST_AXIS_LENGTH,
    MAJOR_AXIS_LENGTH,
    MAXIMUM_2D_DIAMETER_COLUMN,
    MAXIMUM_2D_DIAMETER_ROW,
    MAXIMUM_2D_DIAMETER_SLICE,
    MAXIMUM_3D_DIAMETER,
    MESH_VOLUME,
    MINOR_AXIS_LENGTH,
    SPHERICITY,
    SURFACE_AREA,
    SURFACE_VOLUME_RATIO,
    VOXEL_VOLUME,
    COMPACTNESS1,
    COMPACTNESS2,
    SPHERICAL_DISPROPORTION,
    N_FEATURES
};

static const struct feature feature[N_FEATURES] = {
    [ELONGATION] = {"Elongation", "Q3CK", "1", false},
    [FLATNESS] = {"Flatness", "N17B", "1", false},
    [LEAST_AXIS_LENGTH] = {"LeastAxisLength", "7J51", "mm", false},
    [MAJOR_AXIS_LENGTH] = {"MajorAxisLength", "TDIC", "mm", false},
    [MAXIMUM_2D_DIAMETER_COLUMN] = {"Maximum2DDiameterColumn", NULL, "mm", false},
    [MAXIMUM_2D_DIAMETER_ROW] = {"Maximum2DDiameterRow", NULL, "mm", false},
    [MAXIMUM_2D_DIAMETER_SLICE] = {"Maximum2DDiameterSlice", NULL, "mm", false},
    [MAXIMUM_3D_DIAMETER] = {"Maximum3DDiameter", "L0JK", "mm", false},
    [MESH_VOLUME] = {"MeshVolume", "RNU0", "mm3", false},
    [MINOR_AXIS_LENGTH] = {"MinorAxisLength", "P9VJ", "mm", false},
    [SPHERICITY] = {"Sphericity", "QCFX", "1", false},
    [SURFACE_AREA] = {"SurfaceArea", "C0JK", "mm2", false},
    [SURFACE_VOLUME_RATIO] = {"SurfaceVolumeRatio", "2PR5", "1/mm", false},
    [VOXEL_VOLUME] = {"VoxelVolume", "YEKZ", "mm3", false},
    [COMPACTNESS1] = {"Compactness1", "SKGS", "1", true},
    [COMPACTNESS2] = {"Compactness2", "BQWJ", "1", true},
    [SPHERICAL_DISPROPORTION] = {"SphericalDisproportion", "KRCK", "1", true},
};

static void axis_features(const struct axes *a, const double mm[3], double *v)
{
    const double per_root = 4; /* axis of an ellipse per root of its variance */
    double least = axes_root(a->eigenvalue_mm2[0]), minor = axes_root(a->eigenvalue_mm2[1]),
           major = axes_root(a->eigenvalue_mm2[2]);
    v[LEAST_AXIS_LENGTH] = per_root * least;
    v[MINOR_AXIS_LENGTH] = per_root * minor;
    v[MAJOR_AXIS_LENGTH] = per_root * major;
    v[ELONGATION] = minor / major;
    v[FLATNESS] = least / major;
    v[VOXEL_VOLUME] = (double)a->n_voxels * (mm[0] * mm[1] * mm[2]);
}

static void mesh_features(const struct mesh *m, double *v)
{
    double volume = m->volume_mm3, area = m->area_mm2;
    double ball = cbrt(36 * M_PI * volume * volume); /* area of the ball of this volume */
    v[MESH_VOLUME] = volume;
    v[SURFACE_AREA] = area;
    v[SURFACE_VOLUME_RATIO] = area / volume;
    v[SPHERICITY] = ball / area;
    v[SPHERICAL_DISPROPORTION] = area / ball;
    v[COMPACTNESS1] = volume / (sqrt(M_PI) * pow(area, 1.5));
    v[COMPACTNESS2] = 36 * M_PI * volume * volume / (area * area * area);
}

static void diameter_features(const struct diameters *d, double *v)
{
    v[MAXIMUM_3D_DIAMETER] = d->all_mm;
    v[MAXIMUM_2D_DIAMETER_SLICE] = d->slice_mm;
    v[MAXIMUM_2D_DIAMETER_COLUMN] = d->column_mm;
    v[MAXIMUM_2D_DIAMETER_ROW] = d->row_mm;
}

static bool compute(const struct family_input *in, const bool *wanted, struct fvalue *out,
                    struct err *e)
{
    const struct response *r = in->response;
    const int64_t *size = r->box.size;
    const double *mm = r->grid.spacing_mm;
    struct mesh mesh;
    struct diameters diameters;
    if (!mesh_measure(r->mask, size, mm, &mesh, e) ||
        !diameters_measure(r->mask, size, mm, &diameters, e))
        return false;
    struct axes axes = axes_measure(r->mask, size, mm);
    double v[N_FEATURES];
    axis_features(&axes, mm, v);
    mesh_features(&mesh, v);
    diameter_features(&diameters, v);
    for (int i = 0; i < N_FEATURES; i++)
        if (wanted[i])
            out[i] = (struct fvalue){v[i], false, isnan(v[i]) ? "the ROI has no extent" : NULL};
    return true;
}

const struct family family_shape = {"shape", TAP_SHAPE, feature, N_FEATURES, compute};
