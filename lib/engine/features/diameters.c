/* The two farthest vertices are corners of the convex hull, hence corners of the hull of each of
 * the three axis planes that they lie in: few points are left to be compared pair by pair. */
#include "engine/features/diameters.h"

#include "base/mem.h"
#include "base/simd.h"
#include "engine/features/hull.h"

#include <math.h>
#include <stdlib.h>

/* Points in millimetres, axis by axis. */
struct points {
    double *mm[3]; /* mm[0] owns all of them */
    int64_t n, room;
};

static bool points_open(struct points *p, int64_t room, struct err *e)
{
    *p = (struct points){.room = room};
    p->mm[0] = mem_big(3 * (size_t)room, sizeof(double), e);
    if (!p->mm[0])
        return false;
    p->mm[1] = p->mm[0] + room;
    p->mm[2] = p->mm[1] + room;
    return true;
}

static void points_add(struct points *p, double x, double y, double z)
{
    p->mm[0][p->n] = x, p->mm[1][p->n] = y, p->mm[2][p->n] = z;
    p->n++;
}

/* Largest squared distance between any two of n points, at least `best`. */
SIMD_CLONES_512 static double farthest(const double *x, const double *y, const double *z, int64_t n,
                                       double best)
{
    quad most[QUADS];
    for (int h = 0; h < QUADS; h++)
        most[h] = (quad){best, best, best, best};
    for (int64_t i = 0; i < n; i++) {
        const double px = x[i], py = y[i], pz = z[i];
        int64_t k = i + 1;
        for (; k + SIMD_LANES <= n; k += SIMD_LANES) {
            for (int h = 0; h < QUADS; h++) {
                quad dx, dy, dz;
                QUAD_LOAD(dx, x + k + QUAD * h);
                QUAD_LOAD(dy, y + k + QUAD * h);
                QUAD_LOAD(dz, z + k + QUAD * h);
                dx -= px, dy -= py, dz -= pz;
                quad d = (dx * dx + dy * dy) + dz * dz;
                most[h] = QUAD_CHOOSE(d > most[h], d, most[h]);
            }
        }
        for (; k < n; k++) {
            double dx = x[k] - px, dy = y[k] - py, dz = z[k] - pz;
            double d = (dx * dx + dy * dy) + dz * dz;
            best = d > best ? d : best;
        }
    }
    for (int j = 0; j < SIMD_LANES; j++)
        best = fmax(best, most[j / QUAD][j % QUAD]);
    return best;
}

/* Flags of a vertex: in which planes it is a corner of the hull. */
enum { CORNER_IN_SLICE = 1, CORNER_IN_COLUMN = 2, CORNER_IN_ROW = 4, CORNER_IN_ALL = 7 };

struct work {
    struct extents along_x, along_y;
    uint8_t *mark;   /* [2 * lines of along_x]: the lo and the hi vertex of every line */
    int32_t *corner; /* of one side of one plane */
    struct points points;
    double half_mm[3];
};

static bool work_open(struct work *w, const uint8_t *mask, const int64_t size[3], struct err *e)
{
    int64_t longest = 2 * (size[0] > size[1] ? size[0] : size[1]) + 1;
    if (longest < 2 * size[2] + 1)
        longest = 2 * size[2] + 1;
    if (!extents_along_x(mask, size, &w->along_x, e) ||
        !extents_along_y(mask, size, &w->along_y, e))
        return false;
    int64_t lines = w->along_x.lines[0] * w->along_x.lines[1];
    w->mark = mem_big(2 * (size_t)lines, 1, e);
    w->corner = mem_array((size_t)longest, sizeof *w->corner, e);
    return w->mark && w->corner && points_open(&w->points, 2 * longest, e);
}

static void work_close(struct work *w)
{
    mem_big_free(w->along_x.line);
    mem_big_free(w->along_y.line);
    mem_big_free(w->mark);
    free(w->corner);
    mem_big_free(w->points.mm[0]);
}

/* A plane is a set of parallel lines: n of them, `stride` apart, the first at `first`. */
struct plane {
    const struct extents *of;
    uint8_t mark; /* CORNER_IN_.. */
    int64_t first, stride, n;
    double along_mm, across_mm; /* half a voxel along the lines and from line to line */
};

/* Squared diagonal of the box around the plane's vertices: no pair can be farther apart. */
static double plane_bound(const struct plane *p)
{
    int64_t lo = INT32_MAX, hi = INT32_MIN, first = -1, last = -1;
    for (int64_t i = 0; i < p->n; i++) {
        struct extent x = p->of->line[p->first + i * p->stride];
        if (x.lo > x.hi)
            continue;
        lo = x.lo < lo ? x.lo : lo;
        hi = x.hi > hi ? x.hi : hi;
        first = first < 0 ? i : first;
        last = i;
    }
    double along = (double)(hi - lo) * p->along_mm, across = (double)(last - first) * p->across_mm;
    return first < 0 ? -1 : along * along + across * across;
}

/* Notes that the vertex at the lo or hi end of a line is a corner of the hull of plane p. Marks
 * belong to the lines along x, so a vertex found on a line along y at half coordinate x counts only
 * where it is an end of its line along x, too. */
static void set_mark(struct work *w, const struct plane *p, int64_t at, enum hull_side side)
{
    if (p->of == &w->along_x) {
        w->mark[2 * at + side] |= p->mark;
        return;
    }
    struct extent y = p->of->line[at];
    int64_t x = at % p->of->lines[0] - 1, z = at / p->of->lines[0];
    int64_t line = z * w->along_x.lines[0] + (side == HULL_LO ? y.lo : y.hi) + 1;
    w->mark[2 * line] |= w->along_x.line[line].lo == x ? p->mark : 0;
    w->mark[2 * line + 1] |= w->along_x.line[line].hi == x ? p->mark : 0;
}

/* Marks the corners of the hull of a plane; the larger of `best` and the plane's largest squared
 * distance. */
static double plane_diameter(struct work *w, const struct plane *p, double best)
{
    struct points *points = &w->points;
    points->n = 0;
    for (enum hull_side side = HULL_LO; side <= HULL_HI; side++) {
        int64_t n = hull_corners(p->of->line + p->first, p->stride, p->n, side, w->corner);
        for (int64_t i = 0; i < n; i++) {
            int64_t at = p->first + w->corner[i] * p->stride;
            int32_t u = side == HULL_LO ? p->of->line[at].lo : p->of->line[at].hi;
            points_add(points, u * p->along_mm, w->corner[i] * p->across_mm, 0);
            set_mark(w, p, at, side);
        }
    }
    if (plane_bound(p) <= best)
        return best;
    return farthest(points->mm[0], points->mm[1], points->mm[2], points->n, best);
}

static double all_slices(struct work *w)
{
    const int64_t *n = w->along_x.lines;
    double best = 0;
    for (int64_t k = 0; k < n[1]; k++) {
        struct plane p = {&w->along_x, CORNER_IN_SLICE, k * n[0],     1,
                          n[0],        w->half_mm[0],   w->half_mm[1]};
        best = plane_diameter(w, &p, best);
    }
    return best;
}

static double all_columns(struct work *w)
{
    const int64_t *n = w->along_x.lines;
    double best = 0;
    for (int64_t k = 0; k < n[0]; k++) {
        struct plane p = {&w->along_x,   CORNER_IN_COLUMN, k, n[0], n[1],
                          w->half_mm[0], w->half_mm[2]};
        best = plane_diameter(w, &p, best);
    }
    return best;
}

static double all_rows(struct work *w)
{
    const int64_t *n = w->along_y.lines;
    double best = 0;
    for (int64_t k = 0; k < n[0]; k++) {
        struct plane p = {&w->along_y, CORNER_IN_ROW, k, n[0], n[1], w->half_mm[1], w->half_mm[2]};
        best = plane_diameter(w, &p, best);
    }
    return best;
}

/* The pairs of those vertices that are corners in all three of their planes. */
static bool in_space(struct work *w, double best, double *squared, struct err *e)
{
    const struct extents *x = &w->along_x;
    int64_t n = 0, lines = x->lines[0] * x->lines[1];
    for (int64_t i = 0; i < 2 * lines; i++)
        n += w->mark[i] == CORNER_IN_ALL;
    struct points p;
    if (!points_open(&p, n, e))
        return false;
    for (int64_t i = 0; i < 2 * lines; i++) {
        if (w->mark[i] != CORNER_IN_ALL)
            continue;
        int64_t line = i / 2;
        int32_t u = i % 2 ? x->line[line].hi : x->line[line].lo;
        points_add(&p, u * w->half_mm[0], (double)(line % x->lines[0]) * w->half_mm[1],
                   (double)(line / x->lines[0]) * w->half_mm[2]);
    }
    *squared = farthest(p.mm[0], p.mm[1], p.mm[2], p.n, best);
    mem_big_free(p.mm[0]);
    return true;
}

bool diameters_measure(const uint8_t *mask, const int64_t size[3], const double spacing_mm[3],
                       struct diameters *out, struct err *e)
{
    struct work w = {0};
    for (int i = 0; i < 3; i++)
        w.half_mm[i] = spacing_mm[i] / 2;
    bool ok = work_open(&w, mask, size, e);
    if (ok) {
        double slice = all_slices(&w), column = all_columns(&w), row = all_rows(&w), all;
        ok = in_space(&w, fmax(slice, fmax(column, row)), &all, e);
        if (ok)
            *out = (struct diameters){sqrt(all), sqrt(slice), sqrt(column), sqrt(row)};
    }
    work_close(&w);
    return ok;
}
