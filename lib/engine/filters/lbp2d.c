/* LBP2D (specification 5.6): local binary patterns in the planes across force2Ddimension, in the
 * arithmetic of scikit-image. A plane is copied once with a border of zeros; a row is then served
 * neighbour by neighbour, every column at once. */
#include "base/log.h"
#include "base/mem.h"
#include "base/simd.h"
#include "engine/filters/cast.h"
#include "engine/filters/single.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A slice of the image around the box, 0 outside the image. */
struct plane {
    int row_axis, col_axis, slice_axis; /* 0 = x */
    int64_t rows, cols;                 /* of the box */
    int64_t border, width;              /* width = cols + 2 * border */
    double *sample;
};

/* A sampling point: offset from the centre in voxels, and its base pixel. */
struct neighbour {
    double row, col;
    int64_t base_row, base_col;
    int64_t next_row, next_col; /* to the pixel at the ceiling: 1, or 0 at whole offsets */
};

/* What is gathered over the neighbours of the voxels of a row: columns as arrays, so that all are
 * served at once. */
struct pattern {
    uint32_t *code; /* bit i: neighbour i is not below the centre; bits from 32 on are lost */
    int32_t *ones, *changes, *last;
    double *sum, *squares;
};

struct lbp {
    const struct filter_input *in;
    struct plane plane;
    int64_t points;
    struct neighbour *neighbour;
    struct pattern pattern;
    double *sampled; /* of a row */
    void *memory;    /* of the rows */
};

static double code_default(const struct pattern *p, int64_t c, int64_t points)
{
    (void)points;
    return (int32_t)p->code[c];
}

static double code_ror(const struct pattern *p, int64_t c, int64_t points)
{
    int32_t rotated = (int32_t)p->code[c], least = rotated;
    for (int64_t i = 1; i < points; i++) {
        uint32_t low = (uint32_t)rotated & 1;
        rotated = (int32_t)((uint32_t)(rotated >> 1) | low << ((points - 1) & 31));
        least = rotated < least ? rotated : least;
    }
    return least;
}

static double code_uniform(const struct pattern *p, int64_t c, int64_t points)
{
    return p->changes[c] <= 2 ? p->ones[c] : (double)points + 1;
}

static double code_var(const struct pattern *p, int64_t c, int64_t points)
{
    double n = (double)points, var = (p->squares[c] - p->sum[c] * p->sum[c] / n) / n;
    return var != 0 ? var : NAN;
}

static double (*const method[])(const struct pattern *p, int64_t c, int64_t points) = {
    [LBP2D_DEFAULT] = code_default,
    [LBP2D_ROR] = code_ror,
    [LBP2D_UNIFORM] = code_uniform,
    [LBP2D_VAR] = code_var,
};

static double five_decimals(double x)
{
    return rint(x * 1e5) / 1e5;
}

/* Base pixels further away than the border lie outside the image wherever the centre is. */
static int64_t base_pixel(double offset, int64_t border, int64_t *next)
{
    double base = floor(offset);
    *next = offset > base;
    if (base < -(double)border)
        return -border;
    return base > (double)(border - 1) ? border - 1 : (int64_t)base;
}

static void place_neighbours(struct lbp *l, double radius)
{
    for (int64_t i = 0; i < l->points; i++) {
        struct neighbour *n = &l->neighbour[i];
        double angle = 2 * M_PI * (double)i / (double)l->points;
        n->row = five_decimals(-radius * sin(angle));
        n->col = five_decimals(radius * cos(angle));
        n->base_row = base_pixel(n->row, l->plane.border, &n->next_row);
        n->base_col = base_pixel(n->col, l->plane.border, &n->next_col);
    }
}

/* Copies slice s of the image (an index of slice_axis) into the plane. */
static void load_plane(const struct lbp *l, int64_t s)
{
    const struct plane *p = &l->plane;
    const struct volume *image = &l->in->view->image;
    struct box b = box_grown(&l->in->box, p->row_axis, p->border, image->grid.size[p->row_axis]);
    b = box_grown(&b, p->col_axis, p->border, image->grid.size[p->col_axis]);
    b.lo[p->slice_axis] = s;
    b.size[p->slice_axis] = 1;
    int64_t row0 = b.lo[p->row_axis] - l->in->box.lo[p->row_axis] + p->border;
    int64_t col0 = b.lo[p->col_axis] - l->in->box.lo[p->col_axis] + p->border;
    for (int64_t r = 0; r < b.size[p->row_axis]; r++) {
        struct box line = b;
        line.lo[p->row_axis] += r;
        line.size[p->row_axis] = 1;
        volume_read_box(image, &line, p->sample + (row0 + r) * p->width + col0);
    }
}

/* One neighbour of every voxel of a row, bilinearly: `first` is the image index of the row's first
 * column, row_part the distance from the base row. */
SIMD_CLONES
static void sample_row(const double *top, const double *bottom, int64_t next, int64_t cols,
                       double row_part, double first, double offset, double *out)
{
    for (int64_t c = 0; c < cols; c++) {
        double at = (first + (double)c) + offset, part = at - floor(at);
        double upper = (1 - part) * top[c] + part * top[c + next];
        double lower = (1 - part) * bottom[c] + part * bottom[c + next];
        out[c] = (1 - row_part) * upper + row_part * lower;
    }
}

/* Takes in neighbour i of the columns. Only what the method needs is kept: sums for "var", else
 * bits. */
SIMD_CLONES
static void gather_sums(const struct pattern *p, const double *restrict sampled, int64_t cols)
{
    double *restrict sum = p->sum, *restrict squares = p->squares;
    for (int64_t c = 0; c < cols; c++) {
        sum[c] += sampled[c];
        squares[c] += sampled[c] * sampled[c];
    }
}

SIMD_CLONES
static void gather_bits(const struct pattern *p, int64_t i, const double *restrict sampled,
                        const double *restrict centre, int64_t cols)
{
    uint32_t *restrict code = p->code, weight = i < 32 ? UINT32_C(1) << i : 0;
    int32_t *restrict ones = p->ones, *restrict changes = p->changes, *restrict last = p->last;
    int32_t counts = i > 0;
    for (int64_t c = 0; c < cols; c++) {
        int32_t bit = sampled[c] - centre[c] >= 0;
        code[c] |= weight & (uint32_t)-bit;
        ones[c] += bit;
        changes[c] += counts & (bit ^ last[c]);
        last[c] = bit;
    }
}

static void clear(const struct pattern *p, int64_t cols)
{
    memset(p->sum, 0, (size_t)cols * sizeof *p->sum);
    memset(p->squares, 0, (size_t)cols * sizeof *p->squares);
    memset(p->code, 0, (size_t)cols * sizeof *p->code);
    memset(p->ones, 0, (size_t)cols * sizeof *p->ones);
    memset(p->changes, 0, (size_t)cols * sizeof *p->changes);
    memset(p->last, 0, (size_t)cols * sizeof *p->last);
}

/* The patterns of row r of the box. */
static void pattern_row(const struct lbp *l, int64_t r)
{
    const struct plane *p = &l->plane;
    const double *centre = p->sample + (r + p->border) * p->width + p->border;
    double row = (double)(l->in->box.lo[p->row_axis] + r);
    double col = (double)l->in->box.lo[p->col_axis];
    bool sums = l->in->settings->lbp2d_method == LBP2D_VAR;
    clear(&l->pattern, p->cols);
    for (int64_t i = 0; i < l->points; i++) {
        const struct neighbour *n = &l->neighbour[i];
        const double *top = centre + n->base_row * p->width + n->base_col;
        double at = row + n->row;
        sample_row(top, top + n->next_row * p->width, n->next_col, p->cols, at - floor(at), col,
                   n->col, l->sampled);
        if (sums)
            gather_sums(&l->pattern, l->sampled, p->cols);
        else
            gather_bits(&l->pattern, i, l->sampled, centre, p->cols);
    }
}

static void filter_planes(const struct lbp *l, enum pixel_type type, double *value)
{
    const struct plane *p = &l->plane;
    const int64_t *n = l->in->box.size;
    const int64_t stride[3] = {1, n[0], n[0] * n[1]};
    for (int64_t s = 0; s < n[p->slice_axis]; s++) {
        load_plane(l, l->in->box.lo[p->slice_axis] + s);
        for (int64_t r = 0; r < p->rows; r++) {
            double *out = value + s * stride[p->slice_axis] + r * stride[p->row_axis];
            pattern_row(l, r);
            for (int64_t c = 0; c < p->cols; c++) {
                double code = method[l->in->settings->lbp2d_method](&l->pattern, c, l->points);
                out[c * stride[p->col_axis]] = cast_as_numpy(code, type);
            }
        }
    }
}

/* Slices are taken along an array axis (0 = z) and swapped with axis 0; rows and columns are the
 * other two in the order that this leaves. A flat image is one slice. */
static struct plane plane_of(const struct filter_input *in, double radius)
{
    int d = in->view->image.grid.dims == 3 ? (int)in->settings->force_2d_dimension : 0;
    static const int rows[3] = {1, 2, 1}, cols[3] = {0, 0, 2};
    struct plane p = {.row_axis = rows[d], .col_axis = cols[d], .slice_axis = 2 - d};
    const int64_t *size = in->view->image.grid.size;
    int64_t widest = size[p.row_axis] > size[p.col_axis] ? size[p.row_axis] : size[p.col_axis];
    p.border = radius < (double)widest ? (int64_t)ceil(radius) + 1 : widest + 1;
    p.rows = in->box.size[p.row_axis];
    p.cols = in->box.size[p.col_axis];
    p.width = p.cols + 2 * p.border;
    return p;
}

static bool alloc_rows(struct lbp *l, size_t cols, struct err *e)
{
    struct pattern *p = &l->pattern;
    l->memory = mem_array(cols, 3 * sizeof(double) + 4 * sizeof(int32_t), e);
    if (!l->memory)
        return false;
    p->sum = l->memory;
    p->squares = p->sum + cols;
    l->sampled = p->squares + cols;
    p->ones = (int32_t *)(l->sampled + cols);
    p->changes = p->ones + cols;
    p->last = p->changes + cols;
    p->code = (uint32_t *)(p->last + cols);
    return true;
}

static bool alloc_lbp(struct lbp *l, struct err *e)
{
    struct plane *p = &l->plane;
    size_t samples = (size_t)(p->width * (p->rows + 2 * p->border));
    return (p->sample = mem_big(samples, sizeof *p->sample, e)) != NULL &&
           (l->neighbour = mem_array((size_t)l->points, sizeof *l->neighbour, e)) != NULL &&
           alloc_rows(l, (size_t)p->cols, e);
}

static bool lbp2d(const struct filter_input *in, struct response *out, double *value, struct err *e)
{
    const struct settings *s = in->settings;
    bool flat = in->view->image.grid.dims == 2;
    if (!flat && !s->force_2d)
        log_warning("LBP2D works in planes, but the features are taken in 3-D (force2D is false)");
    out->type = flat ? PIXEL_F64 : in->view->image.type;
    struct lbp l = {.in = in, .plane = plane_of(in, s->lbp2d_radius), .points = s->lbp2d_samples};
    bool ok = alloc_lbp(&l, e);
    if (ok) {
        place_neighbours(&l, s->lbp2d_radius);
        filter_planes(&l, out->type, value);
    }
    mem_big_free(l.plane.sample);
    free(l.neighbour);
    free(l.memory);
    return ok;
}

static void lbp2d_halo(const struct grid *g, const struct settings *s, int64_t voxels[3])
{
    int slice_axis = g->dims == 3 ? 2 - (int)s->force_2d_dimension : 2;
    for (int a = 0; a < 3; a++)
        voxels[a] = a == slice_axis          ? 0
                    : s->lbp2d_radius < 1e15 ? (int64_t)ceil(s->lbp2d_radius)
                                             : INT64_MAX;
}

FILTER_SINGLE(filter_lbp2d, "LBP2D", "lbp-2D", lbp2d, lbp2d_halo)
