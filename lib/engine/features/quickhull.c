#include "engine/features/quickhull.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* A triangle. neighbour[i] lies across the edge from corner i to corner i + 1. The points that see
 * the face and belong to it form a list, the farthest of them known. */
struct facet {
    int32_t corner[3], neighbour[3];
    int64_t normal[3], offset; /* normal * p > offset: p sees the face */
    int32_t first, farthest;   /* numbers of points; -1: none */
    int64_t height;            /* of the farthest */
    int32_t seen_by;           /* the last point for which it was found visible */
    bool gone;
};

struct hull {
    const struct hull_point *point;
    int32_t *next; /* of the list that a point is in */
    struct facet *facet;
    int32_t n, room;
    int32_t *visible, *stack; /* facets */
    struct edge {
        int32_t from, to, beyond; /* corners of a horizon's edge, and the facet that stays */
    } * horizon;
    int32_t n_visible, n_horizon, work_room;
};

static int64_t height(const struct hull *h, const struct facet *f, int32_t p)
{
    const int32_t *at = h->point[p].at;
    return f->normal[0] * at[0] + f->normal[1] * at[1] + f->normal[2] * at[2] - f->offset;
}

static void set_plane(const struct hull *h, struct facet *f)
{
    const int32_t *p = h->point[f->corner[0]].at, *q = h->point[f->corner[1]].at,
                  *r = h->point[f->corner[2]].at;
    int64_t a[3], b[3];
    for (int i = 0; i < 3; i++) {
        a[i] = q[i] - p[i];
        b[i] = r[i] - p[i];
    }
    f->normal[0] = a[1] * b[2] - a[2] * b[1];
    f->normal[1] = a[2] * b[0] - a[0] * b[2];
    f->normal[2] = a[0] * b[1] - a[1] * b[0];
    f->offset = f->normal[0] * p[0] + f->normal[1] * p[1] + f->normal[2] * p[2];
}

static bool grow(void **array, size_t n, size_t size, struct err *e)
{
    void *bigger = realloc(*array, n * size);
    if (!bigger)
        return err_set(e, ERR_FAILED, "not enough memory for a convex hull");
    *array = bigger;
    return true;
}

static bool add_facet(struct hull *h, int32_t a, int32_t b, int32_t c, struct err *e)
{
    if (h->n == h->room) {
        if (!grow((void **)&h->facet, 2 * (size_t)h->room + 64, sizeof *h->facet, e))
            return false;
        h->room = 2 * h->room + 64;
    }
    struct facet *f = &h->facet[h->n++];
    *f = (struct facet){.corner = {a, b, c}, .first = -1, .farthest = -1, .seen_by = -1};
    set_plane(h, f);
    return true;
}

static void give_point(struct hull *h, struct facet *f, int32_t p, int64_t high)
{
    h->next[p] = f->first;
    f->first = p;
    if (high > f->height) {
        f->height = high;
        f->farthest = p;
    }
}

/* The point goes to the first facet from `from` on that it sees; one that sees none is inside. */
static void place_point(struct hull *h, int32_t from, int32_t p)
{
    for (int32_t i = from; i < h->n; i++) {
        int64_t high = height(h, &h->facet[i], p);
        if (high > 0) {
            give_point(h, &h->facet[i], p, high);
            return;
        }
    }
}

static bool off_line(const struct hull *h, int32_t a, int32_t b, int32_t c)
{
    struct facet f = {.corner = {a, b, c}};
    set_plane(h, &f);
    return f.normal[0] || f.normal[1] || f.normal[2];
}

/* Four points that span a volume. */
static bool first_corners(const struct hull *h, int64_t n, int32_t corner[4])
{
    int32_t p = 1;
    corner[0] = 0;
    while (p < n && memcmp(&h->point[p], &h->point[0], sizeof *h->point) == 0)
        p++;
    corner[1] = p;
    while (p < n && !off_line(h, corner[0], corner[1], p))
        p++;
    corner[2] = p;
    if (p >= n)
        return false;
    struct facet f = {.corner = {corner[0], corner[1], corner[2]}};
    set_plane(h, &f);
    for (p = 0; p < n && height(h, &f, p) == 0;)
        p++;
    corner[3] = p;
    if (p < n && height(h, &f, p) > 0) {
        corner[1] = f.corner[2];
        corner[2] = f.corner[1];
    }
    return p < n;
}

/* The facet across the edge from a to b is the one with the edge from b to a. */
static void link_facets(struct hull *h, int32_t from)
{
    for (int32_t i = from; i < h->n; i++)
        for (int k = 0; k < 3; k++)
            for (int32_t j = from; j < h->n; j++)
                for (int l = 0; l < 3; l++)
                    if (h->facet[j].corner[l] == h->facet[i].corner[(k + 1) % 3] &&
                        h->facet[j].corner[(l + 1) % 3] == h->facet[i].corner[k])
                        h->facet[i].neighbour[k] = j;
}

static bool first_facets(struct hull *h, int64_t n, struct err *e)
{
    int32_t c[4];
    if (!first_corners(h, n, c))
        return err_set(e, ERR_FAILED, "all points of a convex hull lie in one plane");
    if (!add_facet(h, c[0], c[1], c[2], e) || !add_facet(h, c[0], c[3], c[1], e) ||
        !add_facet(h, c[1], c[3], c[2], e) || !add_facet(h, c[2], c[3], c[0], e))
        return false;
    link_facets(h, 0);
    for (int32_t p = 0; p < n; p++)
        place_point(h, 0, p);
    return true;
}

static bool work_room(struct hull *h, struct err *e)
{
    if (h->n + 8 <= h->work_room)
        return true;
    int32_t room = 2 * h->n + 64;
    if (!grow((void **)&h->visible, (size_t)room, sizeof *h->visible, e) ||
        !grow((void **)&h->stack, (size_t)room, sizeof *h->stack, e) ||
        !grow((void **)&h->horizon, 3 * (size_t)room, sizeof *h->horizon, e))
        return false;
    h->work_room = room;
    return true;
}

/* All facets that the point sees, and the edges around them. Facets whose plane it lies in go with
 * them: the facets beyond the horizon then see nothing of it, no new one has an area of zero, and
 * lattices are no special case. */
static bool find_horizon(struct hull *h, int32_t start, int32_t p, struct err *e)
{
    int32_t n = 0;
    if (!work_room(h, e))
        return false;
    h->n_visible = h->n_horizon = 0;
    h->stack[n++] = start;
    h->facet[start].seen_by = p;
    while (n > 0) {
        int32_t at = h->stack[--n];
        struct facet *f = &h->facet[at];
        h->visible[h->n_visible++] = at;
        for (int k = 0; k < 3; k++) {
            struct facet *beyond = &h->facet[f->neighbour[k]];
            if (beyond->seen_by == p)
                continue;
            if (height(h, beyond, p) >= 0) {
                beyond->seen_by = p;
                h->stack[n++] = f->neighbour[k];
            } else {
                h->horizon[h->n_horizon++] =
                    (struct edge){f->corner[k], f->corner[(k + 1) % 3], f->neighbour[k]};
            }
        }
    }
    return true;
}

static void replace_neighbour(struct facet *f, int32_t from, int32_t to, int32_t now)
{
    for (int k = 0; k < 3; k++)
        if (f->corner[k] == to && f->corner[(k + 1) % 3] == from)
            f->neighbour[k] = now;
}

/* Edges of the horizon in the order of a walk around it. */
static void order_horizon(struct hull *h)
{
    for (int32_t i = 1; i < h->n_horizon; i++)
        for (int32_t j = i; j < h->n_horizon; j++)
            if (h->horizon[j].from == h->horizon[i - 1].to) {
                struct edge t = h->horizon[i];
                h->horizon[i] = h->horizon[j];
                h->horizon[j] = t;
                break;
            }
}

static bool add_cone(struct hull *h, int32_t p, struct err *e)
{
    int32_t first = h->n, n = h->n_horizon;
    order_horizon(h);
    for (int32_t i = 0; i < n; i++) {
        struct edge edge = h->horizon[i];
        if (!add_facet(h, edge.from, edge.to, p, e))
            return false;
        struct facet *f = &h->facet[first + i];
        f->neighbour[0] = edge.beyond;
        f->neighbour[1] = first + (i + 1) % n;
        f->neighbour[2] = first + (i + n - 1) % n;
        replace_neighbour(&h->facet[edge.beyond], edge.from, edge.to, first + i);
    }
    return true;
}

/* The points of the facets that are gone see new ones, or lie inside now. */
static void share_points(struct hull *h, int32_t first, int32_t p)
{
    for (int32_t i = 0; i < h->n_visible; i++) {
        struct facet *f = &h->facet[h->visible[i]];
        f->gone = true;
        for (int32_t q = f->first, next; q >= 0; q = next) {
            next = h->next[q];
            if (q != p)
                place_point(h, first, q);
        }
        f->first = f->farthest = -1;
    }
}

static bool build(struct hull *h, int64_t n, struct err *e)
{
    if (!first_facets(h, n, e))
        return false;
    for (int32_t i = 0; i < h->n; i++) {
        if (h->facet[i].gone || h->facet[i].farthest < 0)
            continue;
        int32_t p = h->facet[i].farthest, first = h->n;
        if (!find_horizon(h, i, p, e) || !add_cone(h, p, e))
            return false;
        share_points(h, first, p);
    }
    return true;
}

static bool give_faces(const struct hull *h, int32_t (**face)[3], int64_t *n_faces, struct err *e)
{
    *n_faces = 0;
    *face = mem_array((size_t)h->n, sizeof **face, e);
    for (int32_t i = 0; *face && i < h->n; i++)
        if (!h->facet[i].gone)
            memcpy((*face)[(*n_faces)++], h->facet[i].corner, sizeof **face);
    return *face != NULL;
}

bool quickhull(const struct hull_point *point, int64_t n, int32_t (**face)[3], int64_t *n_faces,
               struct err *e)
{
    struct hull h = {.point = point};
    h.next = mem_array((size_t)n, sizeof *h.next, e);
    bool good = h.next && build(&h, n, e) && give_faces(&h, face, n_faces, e);
    free(h.next);
    free(h.facet);
    free(h.visible);
    free(h.stack);
    free(h.horizon);
    return good;
}
