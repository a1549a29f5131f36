#include "contour/raster.h"

#include "base/mem.h"
#include "base/num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Lower end first, so that an edge that is walked up and down (a keyhole's channel) crosses a row
 * at the same bit pattern both times. Rows first..last are crossed: y0 <= row < y1. */
struct edge {
    double x0, y0, x1, y1;
    int64_t last;
    size_t next; /* the next edge that starts in the same row; NO_EDGE ends the list */
};

static const size_t NO_EDGE = SIZE_MAX;

struct scan {
    struct edge *edge;
    size_t *starts; /* per row: the first edge whose first row it is */
    size_t *active; /* edges that cross the current row */
    double *crossing;
    size_t edges;
    int64_t lo, hi; /* rows of the plane that polygons reach */
};

/* A double as a row or column number inside [lo, hi]; compared before the cast, which would be
 * undefined for coordinates far outside. */
static int64_t clamp_index(double value, int64_t lo, int64_t hi)
{
    if (value <= (double)lo)
        return lo;
    if (value >= (double)hi)
        return hi;
    return (int64_t)value;
}

static void set_run(const struct raster_plane *plane, int64_t row, double from, double to)
{
    double last = (double)(plane->size[0] - 1);
    from = ceil(from);
    to = floor(to);
    if (from > last || to < 0 || from > to)
        return;
    int64_t i0 = clamp_index(from, 0, plane->size[0] - 1);
    int64_t i1 = clamp_index(to, 0, plane->size[0] - 1);
    uint8_t *line = plane->at + row * plane->step[1];
    if (plane->step[0] == 1) {
        memset(line + i0, 1, (size_t)(i1 - i0 + 1));
        return;
    }
    for (int64_t i = i0; i <= i1; i++)
        line[i * plane->step[0]] = 1;
}

static double cross_at(const struct edge *edge, int64_t row)
{
    double t = ((double)row - edge->y0) / (edge->y1 - edge->y0);
    return edge->x0 + t * (edge->x1 - edge->x0);
}

static bool near_segment(const struct edge *edge, double x, double y)
{
    double dx = edge->x1 - edge->x0, dy = edge->y1 - edge->y0;
    double px = x - edge->x0, py = y - edge->y0;
    double square = dx * dx + dy * dy;
    double t = square > 0 ? (px * dx + py * dy) / square : 0;
    t = fmin(fmax(t, 0), 1);
    return hypot(px - t * dx, py - t * dy) <= RASTER_ON_EDGE;
}

/* Centres of one row that lie on the edge: the candidates are the stretch of the row within
 * RASTER_ON_EDGE of the line, rarely more than none. */
static void mark_row(const struct raster_plane *plane, const struct edge *edge, int64_t row)
{
    double lo = fmin(edge->x0, edge->x1) - RASTER_ON_EDGE;
    double hi = fmax(edge->x0, edge->x1) + RASTER_ON_EDGE;
    double dy = edge->y1 - edge->y0;
    if (dy > RASTER_ON_EDGE) {
        double slack = 2 * RASTER_ON_EDGE * (1 + fabs(edge->x1 - edge->x0) / dy);
        double x = cross_at(edge, row);
        lo = fmax(lo, x - slack);
        hi = fmin(hi, x + slack);
    }
    lo = fmax(ceil(lo), 0);
    hi = fmin(floor(hi), (double)(plane->size[0] - 1));
    for (double x = lo; x <= hi; x++)
        if (near_segment(edge, x, (double)row))
            plane->at[(int64_t)x * plane->step[0] + row * plane->step[1]] = 1;
}

static void mark_edge(const struct raster_plane *plane, const struct edge *edge)
{
    double lo = fmax(ceil(edge->y0 - RASTER_ON_EDGE), 0);
    double hi = fmin(floor(edge->y1 + RASTER_ON_EDGE), (double)(plane->size[1] - 1));
    for (double row = lo; row <= hi; row++)
        mark_row(plane, edge, (int64_t)row);
}

static void add_edge(struct scan *s, const struct raster_plane *plane, const double *a,
                     const double *b)
{
    bool up = a[1] <= b[1];
    struct edge edge = up ? (struct edge){a[0], a[1], b[0], b[1], 0, 0}
                          : (struct edge){b[0], b[1], a[0], a[1], 0, 0};
    mark_edge(plane, &edge);
    double first = ceil(edge.y0), last = ceil(edge.y1) - 1;
    if (last < 0 || first > (double)(plane->size[1] - 1) || first > last)
        return;
    int64_t row = clamp_index(first, 0, plane->size[1] - 1);
    edge.last = clamp_index(last, 0, plane->size[1] - 1);
    edge.next = s->starts[row];
    s->starts[row] = s->edges;
    s->edge[s->edges++] = edge;
    s->lo = row < s->lo ? row : s->lo;
    s->hi = edge.last > s->hi ? edge.last : s->hi;
}

static void sort_crossings(double *x, size_t n)
{
    if (n > 32) {
        qsort(x, n, sizeof *x, num_ascending);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        double v = x[i];
        size_t j = i;
        for (; j > 0 && x[j - 1] > v; j--)
            x[j] = x[j - 1];
        x[j] = v;
    }
}

static void scan_rows(struct scan *s, const struct raster_plane *plane)
{
    size_t active = 0;
    for (int64_t row = s->lo; row <= s->hi; row++) {
        for (size_t i = s->starts[row]; i != NO_EDGE; i = s->edge[i].next)
            s->active[active++] = i;
        size_t kept = 0;
        for (size_t i = 0; i < active; i++) {
            const struct edge *edge = &s->edge[s->active[i]];
            s->crossing[i] = cross_at(edge, row);
            if (edge->last > row)
                s->active[kept++] = s->active[i];
        }
        sort_crossings(s->crossing, active);
        for (size_t i = 0; i + 1 < active; i += 2)
            set_run(plane, row, s->crossing[i], s->crossing[i + 1]);
        active = kept;
    }
}

static bool scan_alloc(struct scan *s, size_t edges, int64_t rows, struct err *e)
{
    s->edge = mem_array(edges, sizeof *s->edge, e);
    s->active = mem_array(edges, sizeof *s->active, e);
    s->crossing = mem_array(edges, sizeof *s->crossing, e);
    s->starts = mem_array((size_t)rows, sizeof *s->starts, e);
    if (!s->edge || !s->active || !s->crossing || !s->starts)
        return false;
    for (int64_t row = 0; row < rows; row++)
        s->starts[row] = NO_EDGE;
    s->lo = rows;
    s->hi = -1;
    return true;
}

bool raster_fill(const struct polygon *polygon, size_t n, const struct raster_plane *plane,
                 struct err *e)
{
    size_t edges = 0;
    for (size_t p = 0; p < n; p++)
        edges += polygon[p].n;
    struct scan s = {0};
    bool ok = scan_alloc(&s, edges, plane->size[1], e);
    if (ok) {
        for (size_t p = 0; p < n; p++)
            for (size_t i = 0; i < polygon[p].n; i++)
                add_edge(&s, plane, polygon[p].xy + 2 * i,
                         polygon[p].xy + 2 * ((i + 1) % polygon[p].n));
        scan_rows(&s, plane);
    }
    free(s.edge);
    free(s.active);
    free(s.crossing);
    free(s.starts);
    return ok;
}
