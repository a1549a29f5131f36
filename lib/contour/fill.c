#include "contour/fill.h"

#include "base/mem.h"
#include "contour/flat.h"
#include "contour/polygon.h"

#include <math.h>
#include <stdlib.h>

struct work {
    const struct grid *grid;
    uint8_t *mask;
    struct box *touched;
    struct fill_report *report;
    struct flat_list flat;
    struct polygon *polygon; /* for the contours of one plane */
};

/* A run of the sorted contours. */
struct plane {
    size_t first, n;
    double at;
    int64_t slice;
};

/* The slice nearest to a position; halfway between two counts for the lower one, except at the
 * lower end, where only the upper exists. */
static int64_t nearest_slice(double at)
{
    double below = floor(at);
    if (at - below > 0.5 + FILL_HALFWAY)
        below += 1;
    if (below < 0 && at >= -0.5 - FILL_HALFWAY)
        below = 0;
    return (int64_t)below;
}

/* The plane that begins at contour `first`. */
static struct plane plane_at(const struct work *w, size_t first)
{
    struct plane p = {.first = first};
    double lowest = w->flat.item[first].at;
    while (first + p.n < w->flat.n && w->flat.item[first + p.n].at - lowest <= FILL_SAME_PLANE)
        p.n++;
    p.at = (lowest + w->flat.item[first + p.n - 1].at) / 2;
    p.slice = nearest_slice(p.at);
    return p;
}

/* The pixels that a polygon can reach, clipped to the plane, into the box of all that was touched.
 */
static void touch(struct work *w, const struct polygon *polygon, int64_t slice)
{
    int axis = w->flat.axis, plane_axis[2];
    flat_axes(axis, plane_axis);
    struct box box;
    box.lo[axis] = slice;
    box.size[axis] = 1;
    for (int c = 0; c < 2; c++) {
        double from = INFINITY, to = -INFINITY;
        for (size_t p = 0; p < polygon->n; p++) {
            from = fmin(from, polygon->xy[2 * p + (size_t)c]);
            to = fmax(to, polygon->xy[2 * p + (size_t)c]);
        }
        double last = (double)(w->grid->size[plane_axis[c]] - 1);
        from = fmax(ceil(from - RASTER_ON_EDGE), 0);
        to = fmin(floor(to + RASTER_ON_EDGE), last);
        if (from > to)
            return;
        box.lo[plane_axis[c]] = (int64_t)from;
        box.size[plane_axis[c]] = (int64_t)(to - from) + 1;
    }
    box_join(w->touched, &box);
}

static bool fill_plane(struct work *w, const struct plane *p, struct err *e)
{
    const int64_t *size = w->grid->size;
    const int64_t step[3] = {1, size[0], size[0] * size[1]};
    int in_plane[2];
    flat_axes(w->flat.axis, in_plane);
    struct raster_plane plane = {.at = w->mask + p->slice * step[w->flat.axis],
                                 .size = {size[in_plane[0]], size[in_plane[1]]},
                                 .step = {step[in_plane[0]], step[in_plane[1]]}};
    for (size_t i = 0; i < p->n; i++) {
        const struct flat *flat = &w->flat.item[p->first + i];
        w->polygon[i] = (struct polygon){flat->n, flat->xy};
        touch(w, &w->polygon[i], p->slice);
    }
    size_t distinct;
    if (!polygon_distinct(w->polygon, p->n, &distinct, e) ||
        !raster_fill(w->polygon, distinct, &plane, e))
        return false;
    double away = fabs(p->at - (double)p->slice);
    w->report->repeated += p->n - distinct;
    w->report->filled += p->n;
    w->report->off_centre += away > 0.1 ? p->n : 0;
    w->report->farthest = fmax(w->report->farthest, away);
    return true;
}

/* Slices without a contour between the last one filled and the next. */
static void note_gap(struct fill_report *r, int64_t filled, int64_t slice)
{
    if (filled < 0 || slice <= filled + 1)
        return;
    if (r->gap_slices == 0)
        r->first_gap = filled + 1;
    r->gap_slices += slice - filled - 1;
}

/* The nearest of the planes at the slice of the one that begins at *next, which is moved behind
 * them all. */
static struct plane nearest_plane(struct work *w, size_t *next)
{
    struct plane best = plane_at(w, *next);
    *next += best.n;
    while (*next < w->flat.n) {
        struct plane other = plane_at(w, *next);
        if (other.slice != best.slice)
            break;
        bool nearer = fabs(other.at - (double)other.slice) + FILL_HALFWAY <
                      fabs(best.at - (double)best.slice);
        w->report->crowded += nearer ? best.n : other.n;
        if (nearer)
            best = other;
        *next += other.n;
    }
    return best;
}

static bool fill_planes(struct work *w, struct err *e)
{
    int64_t filled = -1;
    for (size_t i = 0; i < w->flat.n;) {
        struct plane first = plane_at(w, i);
        if (first.slice < 0 || first.slice >= w->grid->size[w->flat.axis]) {
            w->report->outside += first.n;
            i += first.n;
            continue;
        }
        struct plane plane = nearest_plane(w, &i);
        if (!fill_plane(w, &plane, e))
            return false;
        note_gap(w->report, filled, plane.slice);
        filled = plane.slice;
    }
    return true;
}

bool fill_contours(const struct contour *contour, size_t n, const struct grid *g, uint8_t *mask,
                   struct box *touched, struct fill_report *report, struct err *e)
{
    *report = (struct fill_report){.contours = n};
    *touched = (struct box){{0, 0, 0}, {0, 0, 0}};
    struct work w = {.grid = g, .mask = mask, .touched = touched, .report = report};
    bool ok = flat_gather(contour, n, g, &w.flat, report, e);
    report->axis = w.flat.axis;
    if (ok && w.flat.n > 0) {
        w.polygon = mem_array(w.flat.n, sizeof *w.polygon, e);
        ok = w.polygon && fill_planes(&w, e);
    }
    flat_free(&w.flat);
    free(w.polygon);
    return ok;
}
