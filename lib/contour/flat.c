#include "contour/flat.h"

#include "base/mem.h"
#include "contour/polygon.h"

#include <math.h>
#include <stdlib.h>

/* Coordinates beyond this many voxels cannot be anatomy, and would overflow the raster's
 * arithmetic.
 */
static const double FAR_AWAY = 1e9;

void flat_axes(int axis, int in_plane[2])
{
    in_plane[0] = axis == 0 ? 1 : 0;
    in_plane[1] = axis == 2 ? 1 : 2;
}

/* Converts one point of a contour to index space and extends the contour's extent by it. */
static bool add_point(struct flat *f, size_t p, const double point_mm[3], const struct grid *g,
                      const double inverse[9], double lo[3], double hi[3])
{
    double d[3];
    for (int a = 0; a < 3; a++)
        d[a] = point_mm[a] - g->origin_mm[a];
    for (int a = 0; a < 3; a++) {
        const double *row = inverse + 3 * a;
        double x = row[0] * d[0] + row[1] * d[1] + row[2] * d[2];
        if (!(fabs(x) < FAR_AWAY))
            return false;
        f->xy[3 * p + (size_t)a] = x;
        lo[a] = fmin(lo[a], x);
        hi[a] = fmax(hi[a], x);
        f->middle[a] += x;
    }
    return true;
}

/* Three coordinates a point at first; flatten() leaves two. false: coordinates that are no numbers
 * or far from any patient. */
static bool to_index(struct flat *f, const struct contour *c, const struct grid *g,
                     const double inverse[9])
{
    double lo[3] = {INFINITY, INFINITY, INFINITY}, hi[3] = {-INFINITY, -INFINITY, -INFINITY};
    for (size_t p = 0; p < c->points; p++)
        if (!add_point(f, p, c->point_mm + 3 * p, g, inverse, lo, hi))
            return false;
    for (int a = 0; a < 3; a++) {
        f->spread[a] = hi[a] - lo[a];
        /* When all values are equal, that value itself, which their computed mean need not be. */
        f->middle[a] = hi[a] == lo[a] ? lo[a] : f->middle[a] / (double)c->points;
    }
    f->n = c->points;
    return true;
}

/* The counter in the report for a contour that cannot be filled; NULL: it can be filled. */
static size_t *refusal(const struct contour *c, struct fill_report *r)
{
    switch (c->kind) {
    case CONTOUR_POINT:
        return &r->points;
    case CONTOUR_OPEN_PLANAR:
    case CONTOUR_OPEN_NONPLANAR:
        return &r->open;
    case CONTOUR_UNREADABLE:
        return &r->unreadable;
    case CONTOUR_CLOSED_PLANAR:
    case CONTOUR_CLOSED_PLANAR_XOR:
        break;
    }
    return c->points < 3 ? &r->short_ones : NULL;
}

static bool map_all(const struct contour *contour, size_t n, const struct grid *g,
                    struct flat_list *list, struct fill_report *report, struct err *e)
{
    double inverse[9];
    if (!grid_inverse(g, inverse))
        return err_set(e, ERR_REFUSED, "the direction matrix of the grid is singular");
    list->item = mem_array(n, sizeof *list->item, e);
    if (!list->item)
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t *why_not = refusal(&contour[i], report);
        if (why_not) {
            ++*why_not;
            continue;
        }
        struct flat f = {.order = i};
        f.xy = mem_array(3 * contour[i].points, sizeof *f.xy, e);
        if (!f.xy)
            return false;
        if (to_index(&f, &contour[i], g, inverse)) {
            list->item[list->n++] = f;
            report->miscounted += contour[i].miscounted;
            report->trailed += contour[i].trailed;
        } else {
            free(f.xy);
            report->unreadable++;
        }
    }
    return true;
}

/* The axis along which most contours are flat; the third one when in doubt. */
static int normal_axis(const struct flat_list *list)
{
    int best = 2;
    size_t most = 0;
    for (int a = 2; a >= 0; a--) {
        size_t votes = 0;
        for (size_t i = 0; i < list->n; i++)
            votes += list->item[i].spread[a] <= FILL_FLAT;
        if (votes > most) {
            most = votes;
            best = a;
        }
    }
    return best;
}

/* The counter in the report for a contour that encloses nothing in this plane; NULL: it encloses
 * something. */
static size_t *flatten(struct flat *f, int axis, struct fill_report *report)
{
    int in_plane[2];
    flat_axes(axis, in_plane);
    if (f->spread[axis] > FILL_FLAT)
        return &report->not_flat;
    for (size_t p = 0; p < f->n; p++) {
        double x = f->xy[3 * p + (size_t)in_plane[0]], y = f->xy[3 * p + (size_t)in_plane[1]];
        f->xy[2 * p] = x;
        f->xy[2 * p + 1] = y;
    }
    f->at = f->middle[axis];
    f->n = polygon_tidy(f->xy, f->n);
    return polygon_has_three(f->xy, f->n) ? NULL : &report->short_ones;
}

static int by_position(const void *a, const void *b)
{
    const struct flat *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

bool flat_gather(const struct contour *contour, size_t n, const struct grid *g,
                 struct flat_list *list, struct fill_report *report, struct err *e)
{
    *list = (struct flat_list){.axis = 2};
    if (!map_all(contour, n, g, list, report, e))
        return false;
    list->axis = normal_axis(list);
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        size_t *why_not = flatten(&list->item[i], list->axis, report);
        if (why_not) {
            ++*why_not;
            free(list->item[i].xy);
        } else {
            list->item[kept++] = list->item[i];
        }
    }
    list->n = kept;
    qsort(list->item, list->n, sizeof *list->item, by_position);
    return true;
}

void flat_free(struct flat_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->item[i].xy);
    free(list->item);
    *list = (struct flat_list){0};
}
