/* LBP2D (specification 5.6): local binary patterns in the planes across force2Ddimension, in the
 * arithmetic of scikit-image. A plane is copied once with a border of zeros; a row is then served
 * neighbour by neighbour, every column at once. */
#include "engine/filters/lbp2d.h"
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

/* A neighbour of all voxels of one row: the rows of pixels above and below it, and how far it lies
 * between them and, per column, between two pixels. */
struct tap {
    const double *top, *bottom;
    int64_t next;
    double row_part;
    const double *col_part;
};

struct lbp {
    const struct filter_input *in;
    const struct lbp2d_settings *own;
    enum pixel_type type; /* of the result */
    struct plane plane;
    int64_t points;
    struct neighbour *neighbour;
    struct tap *tap;
    double *col_part; /* [points][plane.width] */
    uint32_t *key;    /* of a row: what the method makes its values of */
    double *variance; /* of a row, instead of keys */
    double *known;    /* results by key, NULL when there are too many keys */
    void *memory;     /* of the rows */
};

enum { MOST_KNOWN = 4096 };

/* Keys are bit patterns or, for "uniform", counts of bits. */
static double value_as_it_is(uint32_t key, int64_t points)
{
    (void)points;
    return (int32_t)key;
}

static double value_rotated(uint32_t key, int64_t points)
{
    int32_t rotated = (int32_t)key, least = rotated;
    for (int64_t i = 1; i < points; i++) {
        uint32_t low = (uint32_t)rotated & 1;
        rotated = (int32_t)((uint32_t)(rotated >> 1) | low << ((points - 1) & 31));
        least = rotated < least ? rotated : least;
    }
    return least;
}

static int64_t keys_of_patterns(int64_t points)
{
    return points < 32 ? INT64_C(1) << points : INT64_MAX;
}

static int64_t keys_of_counts(int64_t points)
{
    return points + 2;
}

/* Methods with keys; "var" has none. */
static const struct {
    double (*value)(uint32_t key, int64_t points);
    int64_t (*keys)(int64_t points);
} method[] = {
    [LBP2D_DEFAULT] = {value_as_it_is, keys_of_patterns},
    [LBP2D_ROR] = {value_rotated, keys_of_patterns},
    [LBP2D_UNIFORM] = {value_as_it_is, keys_of_counts},
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

/* Where the neighbours lie between the columns; the same in every row. Rounding makes it depend on
 * the column's index in the image. */
static void place_columns(struct lbp *l)
{
    const struct plane *p = &l->plane;
    double first = (double)l->in->box.lo[p->col_axis];
    for (int64_t i = 0; i < l->points; i++)
        for (int64_t c = 0; c < p->cols; c++) {
            double at = (first + (double)c) + l->neighbour[i].col;
            l->col_part[i * p->width + c] = at - floor(at);
        }
}

static void place_taps(const struct lbp *l, int64_t r, const double *centre)
{
    const struct plane *p = &l->plane;
    double row = (double)(l->in->box.lo[p->row_axis] + r);
    for (int64_t i = 0; i < l->points; i++) {
        const struct neighbour *n = &l->neighbour[i];
        const double *top = centre + n->base_row * p->width + n->base_col;
        double at = row + n->row;
        l->tap[i] = (struct tap){top, top + n->next_row * p->width, n->next_col, at - floor(at),
                                 l->col_part + i * p->width};
    }
}

/* One neighbour of four voxels from column c on, bilinearly. */
SIMD_PART void sample_four(const struct tap *t, int64_t c, quad *out)
{
    quad part, top, top_next, bottom, bottom_next;
    QUAD_LOAD(part, t->col_part + c);
    QUAD_LOAD(top, t->top + c);
    QUAD_LOAD(top_next, t->top + c + t->next);
    QUAD_LOAD(bottom, t->bottom + c);
    QUAD_LOAD(bottom_next, t->bottom + c + t->next);
    quad upper = (1 - part) * top + part * top_next;
    quad lower = (1 - part) * bottom + part * bottom_next;
    *out = (1 - t->row_part) * upper + t->row_part * lower;
}

/* Keys of a row; up to three more are written. A bit is 1 where a neighbour is not below the
 * centre; of patterns, bits from 32 on are lost. */
SIMD_PART void keys_of_row(const struct tap *tap, int64_t points, const double *centre,
                           int64_t cols, bool uniform, uint32_t *key)
{
    for (int64_t c = 0; c < cols; c += QUAD) {
        quad middle, sampled;
        quad_mask pattern = {0}, ones = {0}, changes = {0}, last = {0};
        QUAD_LOAD(middle, centre + c);
        for (int64_t i = 0; i < points; i++) {
            sample_four(tap + i, c, &sampled);
            quad_mask bit = sampled - middle >= 0; /* all ones: -1 */
            if (uniform) {
                ones -= bit;
                changes -= i > 0 ? bit ^ last : (quad_mask){0};
                last = bit;
            } else {
                pattern |= bit & (i < 32 ? INT64_C(1) << i : 0);
            }
        }
        if (uniform)
            pattern = ((changes <= 2) & ones) | ((changes > 2) & (points + 1));
        for (int j = 0; j < QUAD; j++)
            key[c + j] = (uint32_t)pattern[j];
    }
}

SIMD_CLONES_512 static void patterns_of_row(const struct tap *tap, int64_t points,
                                            const double *centre, int64_t cols, uint32_t *key)
{
    keys_of_row(tap, points, centre, cols, false, key);
}

SIMD_CLONES_512 static void counts_of_row(const struct tap *tap, int64_t points,
                                          const double *centre, int64_t cols, uint32_t *key)
{
    keys_of_row(tap, points, centre, cols, true, key);
}

/* Variances of a row, NaN where there is none; up to three more are written. */
SIMD_CLONES_512 static void variances_of_row(const struct tap *tap, int64_t points, int64_t cols,
                                             double *variance)
{
    const double n = (double)points;
    for (int64_t c = 0; c < cols; c += QUAD) {
        quad sampled, sum = {0}, squares = {0};
        for (int64_t i = 0; i < points; i++) {
            sample_four(tap + i, c, &sampled);
            sum += sampled;
            squares += sampled * sampled;
        }
        quad v = (squares - sum * sum / n) / n;
        for (int j = 0; j < QUAD; j++)
            variance[c + j] = v[j] != 0 ? v[j] : NAN;
    }
}

/* What NumPy stores for NaN into uint32, where C leaves it open: its loop over neighbours in memory
 * converts four values at a time (2^31, if there are more than four), the rest one by one (0), and
 * so it does with values that are no neighbours: slices along x. */
static double nan_as_u32(const struct lbp *l, int64_t row, int64_t col)
{
    const struct plane *p = &l->plane;
    const int64_t *size = l->in->view->image.grid.size, *lo = l->in->box.lo;
    int64_t at = lo[p->col_axis] + col, run = size[p->col_axis];
    if (p->slice_axis == 0)
        return 0;
    if (p->slice_axis == 2 || size[1] == 1) { /* the whole slice is one run */
        at += (lo[p->row_axis] + row) * run;
        run *= size[p->row_axis];
    }
    return run > 4 && at < run / 4 * 4 ? 0x1p31 : 0;
}

/* The results of row r of the box, `step` apart. */
static void filter_row(const struct lbp *l, int64_t r, int64_t step, double *out)
{
    const struct plane *p = &l->plane;
    const double *centre = l->plane.sample + (r + p->border) * p->width + p->border;
    enum lbp2d_method how = l->own->method;
    place_taps(l, r, centre);
    if (how == LBP2D_VAR) {
        variances_of_row(l->tap, l->points, p->cols, l->variance);
        for (int64_t c = 0; c < p->cols; c++)
            out[c * step] = isnan(l->variance[c]) && l->type == PIXEL_U32
                                ? nan_as_u32(l, r, c)
                                : cast_as_numpy(l->variance[c], l->type);
        return;
    }
    (how == LBP2D_UNIFORM ? counts_of_row : patterns_of_row)(l->tap, l->points, centre, p->cols,
                                                             l->key);
    for (int64_t c = 0; c < p->cols; c++)
        out[c * step] = l->known ? l->known[l->key[c]]
                                 : cast_as_numpy(method[how].value(l->key[c], l->points), l->type);
}

static void filter_planes(const struct lbp *l, double *value)
{
    const struct plane *p = &l->plane;
    const int64_t *n = l->in->box.size;
    const int64_t stride[3] = {1, n[0], n[0] * n[1]};
    for (int64_t s = 0; s < n[p->slice_axis]; s++) {
        load_plane(l, l->in->box.lo[p->slice_axis] + s);
        for (int64_t r = 0; r < p->rows; r++)
            filter_row(l, r, stride[p->col_axis],
                       value + s * stride[p->slice_axis] + r * stride[p->row_axis]);
    }
}

/* Slices are taken along an array axis (0 = z) and swapped with axis 0; rows and columns are the
 * other two in the order that this leaves. A flat image is one slice. */
static struct plane plane_of(const struct filter_input *in, double radius)
{
    int d = in->view->image.grid.dims == 3 ? (int)in->settings.family->force_2d_dimension : 0;
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

/* Rows of doubles for every point, and of keys; all with room for three more columns. */
static bool alloc_rows(struct lbp *l, struct err *e)
{
    size_t row = (size_t)l->plane.width + QUAD, points = (size_t)l->points;
    l->memory = mem_array(row, points * sizeof(double) + sizeof(double) + sizeof(uint32_t), e);
    if (!l->memory)
        return false;
    l->variance = l->memory;
    l->col_part = l->variance + row;
    l->key = (uint32_t *)(l->col_part + points * row);
    return true;
}

static bool know_results(struct lbp *l, struct err *e)
{
    enum lbp2d_method how = l->own->method;
    if (how == LBP2D_VAR || method[how].keys(l->points) > MOST_KNOWN)
        return true;
    int64_t keys = method[how].keys(l->points);
    l->known = mem_array((size_t)keys, sizeof *l->known, e);
    for (int64_t k = 0; l->known && k < keys; k++)
        l->known[k] = cast_as_numpy(method[how].value((uint32_t)k, l->points), l->type);
    return l->known != NULL;
}

static bool alloc_lbp(struct lbp *l, struct err *e)
{
    struct plane *p = &l->plane;
    size_t samples = (size_t)(p->width * (p->rows + 2 * p->border)) + QUAD;
    return (p->sample = mem_big(samples, sizeof *p->sample, e)) != NULL &&
           (l->neighbour = mem_array((size_t)l->points, sizeof *l->neighbour, e)) != NULL &&
           (l->tap = mem_array((size_t)l->points, sizeof *l->tap, e)) != NULL && alloc_rows(l, e) &&
           know_results(l, e);
}

static bool lbp2d(const struct filter_input *in, struct response *out, double *value, struct err *e)
{
    const struct lbp2d_settings *own = in->settings.own;
    bool flat = in->view->image.grid.dims == 2;
    if (!flat && !in->settings.family->force_2d)
        log_warning("LBP2D works in planes, but the features are taken in 3-D (force2D is false)");
    out->type = flat ? PIXEL_F64 : in->view->image.type;
    struct lbp l = {.in = in,
                    .own = own,
                    .type = out->type,
                    .plane = plane_of(in, own->radius),
                    .points = own->samples};
    bool ok = alloc_lbp(&l, e);
    if (ok) {
        place_neighbours(&l, own->radius);
        place_columns(&l);
        filter_planes(&l, value);
    }
    mem_big_free(l.plane.sample);
    free(l.neighbour);
    free(l.tap);
    free(l.memory);
    free(l.known);
    return ok;
}

static void lbp2d_halo(const struct grid *g, const struct filter_settings *s, int64_t voxels[3])
{
    const struct lbp2d_settings *own = s->own;
    int slice_axis = g->dims == 3 ? 2 - (int)s->family->force_2d_dimension : 2;
    for (int a = 0; a < 3; a++)
        voxels[a] = a == slice_axis      ? 0
                    : own->radius < 1e15 ? (int64_t)ceil(own->radius)
                                         : INT64_MAX;
}

#define AT(field) offsetof(struct lbp2d_settings, field)
static const char *const methods[] = {"default", "ror", "uniform", "var", NULL};
static const struct lbp2d_settings defaults = {.radius = 1, .samples = 8, .method = LBP2D_UNIFORM};
static const struct key keys[] = {
    {"lbp2DRadius", KEY_REAL, AT(radius), NO_FLAG, 0, INFINITY, true, .fallback = "1",
     .used = key_used_always, .summary = "radius of the circle of samples, in voxels"},
    {"lbp2DSamples", KEY_INT, AT(samples), NO_FLAG, 1, 1024, .fallback = "8",
     .used = key_used_always, .summary = "samples on the circle"},
    {"lbp2DMethod", KEY_CHOICE, AT(method), NO_FLAG, .choices = methods, .fallback = "'uniform'",
     .used = key_used_always, .summary = "how patterns become numbers"},
    {0},
};
#undef AT

FILTER_SINGLE(filter_lbp2d, "lbp-2D", lbp2d)

const struct filter filter_lbp2d = {.name = "LBP2D",
                                    .summary = "local binary patterns of each slice",
                                    .settings_bytes = sizeof defaults,
                                    .defaults = &defaults,
                                    .keys = keys,
                                    .halo = lbp2d_halo,
                                    FILTER_SINGLE_ROW(filter_lbp2d)};
