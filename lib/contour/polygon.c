#include "contour/polygon.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static bool equal_points(const double *a, const double *b)
{
    return a[0] == b[0] && a[1] == b[1];
}

size_t polygon_tidy(double *xy, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && equal_points(xy + 2 * i, xy + 2 * (kept - 1)))
            continue;
        memmove(xy + 2 * kept++, xy + 2 * i, 2 * sizeof *xy);
    }
    while (kept > 1 && equal_points(xy, xy + 2 * (kept - 1)))
        kept--;
    return kept;
}

bool polygon_has_three(const double *xy, size_t n)
{
    size_t second = 1;
    while (second < n && equal_points(xy, xy + 2 * second))
        second++;
    for (size_t i = second + 1; i < n; i++)
        if (!equal_points(xy, xy + 2 * i) && !equal_points(xy + 2 * second, xy + 2 * i))
            return true;
    return false;
}

/* A polygon's points in an order that does not depend on where its drawing began and in which
 * direction it went. */
struct canonical {
    struct polygon polygon; /* as it was given */
    size_t first;           /* its least point */
    bool backwards;
};

static int compare_points(const double *a, const double *b)
{
    for (int c = 0; c < 2; c++)
        if (a[c] != b[c])
            return a[c] < b[c] ? -1 : 1;
    return 0;
}

static const double *point(const struct canonical *c, size_t i)
{
    size_t n = c->polygon.n;
    size_t at = c->backwards ? c->first + n - i : c->first + i;
    return c->polygon.xy + 2 * (at % n);
}

static struct canonical canonical_of(struct polygon polygon)
{
    struct canonical c = {.polygon = polygon};
    for (size_t i = 1; i < polygon.n; i++)
        if (compare_points(polygon.xy + 2 * i, polygon.xy + 2 * c.first) < 0)
            c.first = i;
    if (polygon.n > 1) {
        const double *next = point(&c, 1), *before = point(&c, polygon.n - 1);
        c.backwards = compare_points(before, next) < 0;
    }
    return c;
}

static int by_points(const void *a, const void *b)
{
    const struct canonical *x = a, *y = b;
    if (x->polygon.n != y->polygon.n)
        return x->polygon.n < y->polygon.n ? -1 : 1;
    for (size_t i = 0; i < x->polygon.n; i++) {
        int order = compare_points(point(x, i), point(y, i));
        if (order)
            return order;
    }
    return 0;
}

bool polygon_distinct(struct polygon *polygon, size_t n, size_t *distinct, struct err *e)
{
    *distinct = n;
    if (n < 2)
        return true;
    struct canonical *list = mem_array(n, sizeof *list, e);
    if (!list)
        return false;
    for (size_t i = 0; i < n; i++)
        list[i] = canonical_of(polygon[i]);
    qsort(list, n, sizeof *list, by_points);
    size_t front = 0, back = n;
    for (size_t i = 0; i < n; i++) {
        bool repeats = i > 0 && by_points(&list[i - 1], &list[i]) == 0;
        polygon[repeats ? --back : front++] = list[i].polygon;
    }
    *distinct = front;
    free(list);
    return true;
}
