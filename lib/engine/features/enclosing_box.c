#include "engine/features/enclosing.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct flat_point {
    double x, y;
};

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void cross(const double a[3], const double b[3], double out[3])
{
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

static void to_unit(double v[3])
{
    double length = sqrt(dot(v, v));
    for (int a = 0; a < 3; a++)
        v[a] /= length;
}

/* Three unit vectors: along the first edge of a face, across it, and the face's normal. */
static void face_frame(const double (*corner)[3], const int32_t face[3], double frame[3][3])
{
    double b[3];
    for (int a = 0; a < 3; a++) {
        frame[0][a] = corner[face[1]][a] - corner[face[0]][a];
        b[a] = corner[face[2]][a] - corner[face[0]][a];
    }
    cross(frame[0], b, frame[2]);
    to_unit(frame[0]);
    to_unit(frame[2]);
    cross(frame[2], frame[0], frame[1]);
}

static int by_x(const void *a, const void *b)
{
    const struct flat_point *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

static double turn(const struct flat_point *a, const struct flat_point *b,
                   const struct flat_point *c)
{
    return (b->x - a->x) * (c->y - a->y) - (b->y - a->y) * (c->x - a->x);
}

/* Corners of the plane hull, anticlockwise, in out[2 * n]; p is sorted. */
static int64_t flat_hull(struct flat_point *p, int64_t n, struct flat_point *out)
{
    int64_t k = 0;
    qsort(p, (size_t)n, sizeof *p, by_x);
    for (int64_t i = 0; i < n; i++) {
        while (k >= 2 && turn(&out[k - 2], &out[k - 1], &p[i]) <= 0)
            k--;
        out[k++] = p[i];
    }
    int64_t lower = k + 1;
    for (int64_t i = n - 2; i >= 0; i--) {
        while (k >= lower && turn(&out[k - 2], &out[k - 1], &p[i]) <= 0)
            k--;
        out[k++] = p[i];
    }
    return k > 1 ? k - 1 : k;
}

struct rectangle {
    double a, b; /* sides, mm */
};

/* The rectangle with a side along the edge from p to q. */
static struct rectangle along_edge(const struct flat_point *hull, int64_t n,
                                   const struct flat_point *p, const struct flat_point *q)
{
    double ux = q->x - p->x, uy = q->y - p->y, length = sqrt(ux * ux + uy * uy);
    ux /= length;
    uy /= length;
    double lo = 0, hi = 0, far = 0;
    for (int64_t i = 0; i < n; i++) {
        double dx = hull[i].x - p->x, dy = hull[i].y - p->y;
        lo = fmin(lo, dx * ux + dy * uy);
        hi = fmax(hi, dx * ux + dy * uy);
        far = fmax(far, dy * ux - dx * uy);
    }
    return (struct rectangle){hi - lo, far};
}

static struct rectangle smallest_rectangle(const struct flat_point *hull, int64_t n)
{
    struct rectangle best = {INFINITY, INFINITY};
    for (int64_t i = 0; i < n; i++) {
        struct rectangle r = along_edge(hull, n, &hull[i], &hull[(i + 1) % n]);
        if (r.a * r.b < best.a * best.b || !isfinite(best.a))
            best = r;
    }
    return best;
}

/* room: 3 * n points */
static void try_face(const double (*corner)[3], int64_t n, const int32_t face[3],
                     struct flat_point *room, struct enclosing *best)
{
    double frame[3][3], lo = INFINITY, hi = -INFINITY;
    face_frame(corner, face, frame);
    for (int64_t i = 0; i < n; i++) {
        double h = dot(corner[i], frame[2]);
        room[i] = (struct flat_point){dot(corner[i], frame[0]), dot(corner[i], frame[1])};
        lo = fmin(lo, h);
        hi = fmax(hi, h);
    }
    struct flat_point *hull = room + n;
    struct rectangle r = smallest_rectangle(hull, flat_hull(room, n, hull));
    double h = hi - lo, volume = r.a * r.b * h;
    if (volume < best->volume_mm3)
        *best = (struct enclosing){volume, 2 * (r.a * r.b + r.a * h + r.b * h)};
}

bool enclosing_box(const struct convex_hull *h, const double spacing_mm[3], struct enclosing *out,
                   struct err *e)
{
    double(*corner)[3] = mem_array((size_t)h->n_corners, sizeof *corner, e);
    struct flat_point *room = mem_array((size_t)h->n_corners, 3 * sizeof *room, e);
    *out = (struct enclosing){INFINITY, INFINITY};
    if (corner && room) {
        for (int64_t i = 0; i < h->n_corners; i++)
            for (int a = 0; a < 3; a++)
                corner[i][a] = 0.5 * spacing_mm[a] * h->corner[i].at[a];
        for (int64_t f = 0; f < h->n_faces; f++)
            try_face((const double(*)[3])corner, h->n_corners, h->face[f], room, out);
    }
    bool good = corner && room;
    free(corner);
    free(room);
    return good;
}
