/* B-spline interpolation of integer images, axis by axis.
 *
 * Integer results are cut off, so a voxel is right when its value is right up to round-off and does
 * not lie within round-off of an integer. Sums taken plane by plane, row by row and tap by tap cost
 * a seventh of the 64 products; the few values near an integer are computed again in ITK's order.
 */
#include "engine/preprocess/bspline.h"

#include "base/mem.h"
#include "base/simd.h"

#include <math.h>
#include <stdlib.h>

/* Separable sums, and indices that depend by round-off on other axes, agree with the exact value
 * within this part of the largest coefficient. */
#define ROUND_OFF 1e-11

/* out[i] = sum of weight[t] * in[offset[t] + i]. */
SIMD_CLONES_512 static void combine(const double *in, const struct spline_taps *t, int64_t n,
                                    double *restrict out)
{
    const double *a = in + t->offset[0], *b = in + t->offset[1], *c = in + t->offset[2],
                 *d = in + t->offset[3];
    const double wa = t->weight[0], wb = t->weight[1], wc = t->weight[2], wd = t->weight[3];
    for (int64_t i = 0; i < n; i++)
        out[i] = (wa * a[i] + wb * b[i]) + (wc * c[i] + wd * d[i]);
}

SIMD_CLONES_512 static double largest(const double *value, int64_t n)
{
    quad most[QUADS] = {{0}};
    int64_t i = 0;
    double all = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES) {
        for (int h = 0; h < QUADS; h++) {
            quad v;
            QUAD_LOAD(v, value + i + QUAD * h);
            quad_mask negative = v < 0;
            v = QUAD_CHOOSE(negative, -v, v);
            most[h] = QUAD_CHOOSE(v > most[h], v, most[h]);
        }
    }
    for (; i < n; i++)
        all = fmax(all, fabs(value[i]));
    for (int j = 0; j < SIMD_LANES; j++)
        all = fmax(all, most[j / QUAD][j % QUAD]);
    return all;
}

/* Does every axis of the input follow one axis of the output alone, up to round-off? */
static bool is_straight(const struct index_map *map, const int64_t size[3])
{
    const struct line_map at[] = {index_map_line(map, 0, 0), index_map_line(map, size[1], 0),
                                  index_map_line(map, 0, size[2])};
    const double tolerance = 1e-12 * (double)(size[0] + size[1] + size[2]);
    for (int axis = 0; axis < 3; axis++) {
        double by_x = fabs(at[0].step[axis]), by_y = fabs(at[1].first[axis] - at[0].first[axis]),
               by_z = fabs(at[2].first[axis] - at[0].first[axis]);
        if ((axis != 0 && by_x > tolerance) || (axis != 1 && by_y > tolerance) ||
            (axis != 2 && by_z > tolerance))
            return false;
    }
    return true;
}

/* Taps of every output index of one axis; those outside the image are never used. */
struct axis_taps {
    struct spline_taps *at;
    int64_t lo, hi; /* range of offsets in use */
};

static bool axis_taps_create(struct axis_taps *t, const struct samples *s,
                             const struct index_map *map, const int64_t size[3], int axis,
                             struct err *e)
{
    *t = (struct axis_taps){.lo = INT64_MAX, .hi = -1};
    t->at = mem_array((size_t)size[axis], sizeof *t->at, e);
    for (int64_t i = 0; t->at && i < size[axis]; i++) {
        struct line_map line = index_map_line(map, axis == 1 ? i : 0, axis == 2 ? i : 0);
        double c = line_map_at(&line, axis == 0 ? i : 0, axis);
        if (!(c > -1 && c < (double)s->full[axis]))
            continue;
        t->at[i] = spline_taps_at(s, axis, c);
        for (int k = 0; k < TAPS; k++) {
            t->lo = t->at[i].offset[k] < t->lo ? t->at[i].offset[k] : t->lo;
            t->hi = t->at[i].offset[k] > t->hi ? t->at[i].offset[k] : t->hi;
        }
    }
    return t->at != NULL;
}

struct separable {
    const struct samples *s;
    const struct index_map *map;
    struct axis_taps axis[3];
    struct volume *out;
    double guard;
};

/* A thread's room: one plane of the samples, one row of them, one output line. */
struct lines {
    double *plane, *row, *value;
};

/* Values of one line; `row` holds the samples combined over y and z. */
static void take_line(const struct separable *w, struct lines *l, const struct line_map *line,
                      struct run r)
{
    for (int64_t i = r.start; i < r.start + r.n; i++) {
        const struct spline_taps *t = &w->axis[0].at[i];
        const double *row = l->row;
        double v = (t->weight[0] * row[t->offset[0]] + t->weight[1] * row[t->offset[1]]) +
                   (t->weight[2] * row[t->offset[2]] + t->weight[3] * row[t->offset[3]]);
        if (fabs(v - nearbyint(v)) < w->guard)
            bspline_line(w->s, line, i, 1, &v);
        l->value[i - r.start] = v;
    }
}

static bool take_plane(void *user, void *tools, int64_t k, struct err *e)
{
    const struct separable *w = user;
    struct lines *l = tools;
    const int64_t *n = w->out->grid.size;
    const struct axis_taps *x = &w->axis[0], *y = &w->axis[1];
    int64_t first = y->lo + x->lo, last = y->hi + x->hi;
    (void)e;
    combine(w->s->value + first, &w->axis[2].at[k], last - first + 1, l->plane + first);
    for (int64_t j = 0; j < n[1]; j++) {
        struct line_map line = index_map_line(w->map, j, k);
        struct run r = samples_inside(w->s, &line, n[0]);
        if (r.n == 0)
            continue;
        combine(l->plane + x->lo, &y->at[j], x->hi - x->lo + 1, l->row + x->lo);
        take_line(w, l, &line, r);
        volume_write(w->out, (k * n[1] + j) * n[0] + r.start, r.n, l->value);
    }
    return true;
}

static bool open_lines(void *user, void **tools, struct err *e)
{
    const struct separable *w = user;
    const int64_t *size = w->s->box.size;
    struct lines *l = mem_array(1, sizeof *l, e);
    if (!l)
        return false;
    l->plane =
        mem_big((size_t)(size[0] * size[1] + size[0] + w->out->grid.size[0]), sizeof *l->plane, e);
    if (!l->plane) {
        free(l);
        return false;
    }
    l->row = l->plane + size[0] * size[1];
    l->value = l->row + size[0];
    *tools = l;
    return true;
}

static void close_lines(void *user, void *tools)
{
    struct lines *l = tools;
    (void)user;
    mem_big_free(l->plane);
    free(l);
}

bool bspline_integers(const struct samples *s, const struct index_map *map, struct volume *out,
                      bool *done, struct err *e)
{
    const int64_t *n = out->grid.size;
    *done = false;
    if (s->dims < 3 || !is_straight(map, n))
        return true;
    struct separable w = {.s = s, .map = map, .out = out};
    const struct share share = {&w, open_lines, close_lines, take_plane};
    w.guard = ROUND_OFF * largest(s->value, box_voxels(&s->box));
    bool ok = true;
    for (int axis = 0; axis < 3; axis++)
        ok = ok && axis_taps_create(&w.axis[axis], s, map, n, axis, e);
    if (ok && w.axis[0].hi >= 0 && w.axis[1].hi >= 0 && w.axis[2].hi >= 0)
        ok = share_out(&share, s->pool, n[2], e);
    for (int axis = 0; axis < 3; axis++)
        free(w.axis[axis].at);
    *done = ok;
    return ok;
}
