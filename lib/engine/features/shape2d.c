/* Shape of a flat ROI in its plane (specification 6.9). Which ROIs it applies to is decided in
 * engine/features/shape_gate.h; a thick one among them ends the case, as in pyradiomics. */
#include "engine/features/shape.h"

#include "engine/features/axes.h"
#include "engine/features/diameters.h"

#include <math.h>

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

static bool measure_flat(const struct flat *f, struct flat_shape *v, struct err *e)
{
    struct diameters diameters;
    if (!diameters_measure(f->mask, f->size, f->spacing_mm, &diameters, e))
        return false;
    struct outline o = trace(f);
    struct axes axes = axes_measure(f->mask, f->size, f->spacing_mm);
    /* the smallest of the three belongs to the missing axis */
    double minor = axes_root(axes.eigenvalue_mm2[1]), major = axes_root(axes.eigenvalue_mm2[2]);
    v->elongation = minor / major;
    v->major_axis_mm = 4 * major;
    v->minor_axis_mm = 4 * minor;
    v->diameter_mm = diameters.slice_mm;
    v->mesh_area_mm2 = o.surface_mm2;
    v->perimeter_mm = o.perimeter_mm;
    v->perimeter_per_area = o.perimeter_mm / o.surface_mm2;
    v->pixel_area_mm2 = (double)axes.n_voxels * (f->spacing_mm[0] * f->spacing_mm[1]);
    v->sphericity = 2 * sqrt(M_PI * o.surface_mm2) / o.perimeter_mm;
    v->spherical_disproportion = 1 / v->sphericity;
    return true;
}

bool flat_shape_measure(const struct family *self, const struct family_input *in,
                        const bool *wanted, struct fvalue *out, struct err *e)
{
    const struct family_settings *s = in->settings;
    const struct response *r = in->response;
    int thin = r->grid.dims < 3 ? 2 : 2 - (int)s->force_2d_dimension;
    if (r->box.size[thin] != 1)
        return err_set(e, ERR_REFUSED,
                       "the ROI is %lld voxels thick, not 1, along force2Ddimension",
                       (long long)r->box.size[thin]);
    struct flat f = flatten(r, thin);
    struct flat_shape v;
    if (!measure_flat(&f, &v, e))
        return false;
    fields_deliver(self, &v, "the ROI has no extent", wanted, out);
    return true;
}
