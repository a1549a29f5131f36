/* Shape of a flat ROI in its plane (specification 6.9). Which ROIs are asked for it is decided in
 * engine/shape_gate.h; a thick one among them ends the case, as in pyradiomics. */
#include "engine/features/families.h"

#include "engine/features/axes.h"
#include "engine/features/diameters.h"

#include <math.h>

enum {
    ELONGATION,
    MAJOR_AXIS_LENGTH,
    MAXIMUM_DIAMETER,
    MESH_SURFACE,
    MINOR_AXIS_LENGTH,
    PERIMETER,
    PERIMETER_SURFACE_RATIO,
    PIXEL_SURFACE,
    SPHERICITY,
    SPHERICAL_DISPROPORTION,
    N_FEATURES
};

static const struct feature feature[N_FEATURES] = {
    [ELONGATION] = {"Elongation", NULL, "1", false},
    [MAJOR_AXIS_LENGTH] = {"MajorAxisLength", NULL, "mm", false},
    [MAXIMUM_DIAMETER] = {"MaximumDiameter", NULL, "mm", false},
    [MESH_SURFACE] = {"MeshSurface", NULL, "mm2", false},
    [MINOR_AXIS_LENGTH] = {"MinorAxisLength", NULL, "mm", false},
    [PERIMETER] = {"Perimeter", NULL, "mm", false},
    [PERIMETER_SURFACE_RATIO] = {"PerimeterSurfaceRatio", NULL, "1/mm", false},
    [PIXEL_SURFACE] = {"PixelSurface", NULL, "mm2", false},
    [SPHERICITY] = {"Sphericity", NULL, "1", false},
    [SPHERICAL_DISPROPORTION] = {"SphericalDisproportion", NULL, "1", true},
};

/* The ROI without its thin axis. The box of the mask is one voxel thick there, so that its bytes
 * are the flat mask's as they stand. */
struct flat {
    const uint8_t *mask;
    int64_t size[3];      /* columns, rows, 1 */
    double spacing_mm[3]; /* of columns and rows; the third is 1 */
};

static struct flat flatten(const struct response *r, int thin)
{
    struct flat f = {.mask = r->mask, .size = {1, 1, 1}, .spacing_mm = {1, 1, 1}};
    for (int axis = 0, to = 0; axis < 3; axis++) {
        if (axis == thin)
            continue;
        f.size[to] = r->box.size[axis];
        f.spacing_mm[to++] = r->grid.spacing_mm[axis];
    }
    return f;
}

struct outline {
    double perimeter_mm, surface_mm2;
};

/* Directed border segments of a 2 x 2 cell, from the middle of one edge to that of another; corner
 * bits 0..3 = (row, column) 00 01 11 10, edge middles 0..3 top, right, bottom, left. */
static const struct {
    int n;
    uint8_t from[2], to[2];
} segments[16] = {
    {0, {0}, {0}}, {1, {3}, {0}},       {1, {0}, {1}},       {1, {3}, {1}},
    {1, {1}, {2}}, {2, {1, 3}, {2, 0}}, {1, {0}, {2}},       {1, {3}, {2}},
    {1, {2}, {3}}, {1, {2}, {0}},       {2, {0, 2}, {1, 3}}, {1, {2}, {1}},
    {1, {1}, {3}}, {1, {1}, {0}},       {1, {0}, {3}},       {0, {0}, {0}},
};
static const double middle_row[4] = {0, 0.5, 1, 0.5}, middle_column[4] = {0.5, 1, 0.5, 0};

static unsigned inside(const struct flat *f, int64_t row, int64_t column)
{
    if (row < 0 || column < 0 || row >= f->size[1] || column >= f->size[0])
        return 0;
    return f->mask[row * f->size[0] + column];
}

static void add_cell(const struct flat *f, int64_t row, int64_t column, struct outline *o)
{
    unsigned cell = inside(f, row, column) | inside(f, row, column + 1) << 1 |
                    inside(f, row + 1, column + 1) << 2 | inside(f, row + 1, column) << 3;
    for (int i = 0; i < segments[cell].n; i++) {
        int a = segments[cell].from[i], b = segments[cell].to[i];
        double a0 = ((double)row + middle_row[a]) * f->spacing_mm[1];
        double a1 = ((double)column + middle_column[a]) * f->spacing_mm[0];
        double b0 = ((double)row + middle_row[b]) * f->spacing_mm[1];
        double b1 = ((double)column + middle_column[b]) * f->spacing_mm[0];
        o->surface_mm2 += (a0 * b1 - b0 * a1) / 2;
        o->perimeter_mm += sqrt((a0 - b0) * (a0 - b0) + (a1 - b1) * (a1 - b1));
    }
}

static struct outline trace(const struct flat *f)
{
    struct outline o = {0, 0};
    for (int64_t row = -1; row < f->size[1]; row++)
        for (int64_t column = -1; column < f->size[0]; column++)
            add_cell(f, row, column, &o);
    return o;
}

static bool measure(const struct flat *f, double *v, struct err *e)
{
    struct diameters diameters;
    if (!diameters_measure(f->mask, f->size, f->spacing_mm, &diameters, e))
        return false;
    struct outline o = trace(f);
    struct axes axes = axes_measure(f->mask, f->size, f->spacing_mm);
    /* the smallest of the three belongs to the axis that is not there */
    double minor = axes_root(axes.eigenvalue_mm2[1]), major = axes_root(axes.eigenvalue_mm2[2]);
    v[ELONGATION] = minor / major;
    v[MAJOR_AXIS_LENGTH] = 4 * major;
    v[MINOR_AXIS_LENGTH] = 4 * minor;
    v[MAXIMUM_DIAMETER] = diameters.slice_mm;
    v[MESH_SURFACE] = o.surface_mm2;
    v[PERIMETER] = o.perimeter_mm;
    v[PERIMETER_SURFACE_RATIO] = o.perimeter_mm / o.surface_mm2;
    v[PIXEL_SURFACE] = (double)axes.n_voxels * (f->spacing_mm[0] * f->spacing_mm[1]);
    v[SPHERICITY] = 2 * sqrt(M_PI * o.surface_mm2) / o.perimeter_mm;
    v[SPHERICAL_DISPROPORTION] = 1 / v[SPHERICITY];
    return true;
}

static bool compute(const struct family_input *in, const bool *wanted, struct fvalue *out,
                    struct err *e)
{
    const struct settings *s = in->settings;
    const struct response *r = in->response;
    int thin = r->grid.dims < 3 ? 2 : 2 - (int)s->force_2d_dimension;
    if (r->box.size[thin] != 1)
        return err_set(e, ERR_REFUSED,
                       "shape2D: the ROI is %lld voxels thick, not 1, along force2Ddimension",
                       (long long)r->box.size[thin]);
    struct flat f = flatten(r, thin);
    double v[N_FEATURES];
    if (!measure(&f, v, e))
        return false;
    for (int i = 0; i < N_FEATURES; i++)
        if (wanted[i])
            out[i] = (struct fvalue){v[i], false, isnan(v[i]) ? "the ROI has no extent" : NULL};
    return true;
}

const struct family family_shape2d = {"shape2D", TAP_SHAPE, feature, N_FEATURES, compute};
