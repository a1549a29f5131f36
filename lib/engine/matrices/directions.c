#include "engine/matrices/directions.h"

#include "base/mem.h"

#include <stdlib.h>

static int64_t at_most(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* How often the shell |offset| = r is listed. */
static int listed(const double *distance, int n, int64_t r)
{
    int times = 0;
    for (int i = 0; i < n; i++)
        times += distance[i] == (double)r;
    return times;
}

static int64_t norm(const int64_t d[3])
{
    int64_t r = 0;
    for (int a = 0; a < 3; a++) {
        int64_t m = d[a] < 0 ? -d[a] : d[a];
        r = m > r ? m : r;
    }
    return r;
}

/* Walks all offsets within `reach` in order and writes those of a listed shell, once each, when out
 * is not NULL. Returns how many there are; *counted: with their shells' multiplicity. */
static int64_t walk(const int64_t reach[3], const double *distance, int n_distances,
                    struct offset *out, int64_t *counted)
{
    int64_t n = 0, d[3];
    *counted = 0;
    for (d[2] = reach[2]; d[2] >= -reach[2]; d[2]--)
        for (d[1] = reach[1]; d[1] >= -reach[1]; d[1]--)
            for (d[0] = reach[0]; d[0] >= -reach[0]; d[0]--) {
                int times = listed(distance, n_distances, norm(d));
                if (times && out)
                    out[n] = (struct offset){{(int32_t)d[0], (int32_t)d[1], (int32_t)d[2]}};
                n += times > 0;
                *counted += times;
            }
    return n;
}

static void measure_reach(struct directions *d)
{
    for (int i = 0; i < d->n; i++)
        for (int a = 0; a < 3; a++)
            if (abs(d->offset[i].d[a]) > d->reach[a])
                d->reach[a] = abs(d->offset[i].d[a]);
}

/* Repeated or far distances make no such set. */
static uint64_t shells(const double *distance, int n, int64_t furthest)
{
    uint64_t set = 0;
    for (int i = 0; i < n; i++) {
        if (distance[i] > (double)furthest)
            continue;
        uint64_t bit = distance[i] < 64 ? (uint64_t)1 << (int)distance[i] : 0;
        if (bit == 0 || set & bit)
            return 0;
        set |= bit;
    }
    return set;
}

bool directions_create(const int64_t size[3], const double *distance, int n_distances,
                       int flat_axis, enum directions_kind kind, struct directions *out,
                       struct err *e)
{
    *out = (struct directions){0};
    int64_t largest = 0, reach[3];
    for (int i = 0; i < n_distances; i++)
        if (distance[i] > (double)largest)
            largest = distance[i] < 1 << 30 ? (int64_t)distance[i] : 1 << 30;
    for (int a = 0; a < 3; a++)
        reach[a] = a == flat_axis ? 0 : at_most(largest, size[a] - 1);
    int64_t counted, n = walk(reach, distance, n_distances, NULL, &counted);
    int64_t wanted = kind == DIRECTIONS_HALF ? counted / 2 : counted;
    if (n == 0)
        return err_set(e, ERR_REFUSED,
                       "no neighbour direction: the ROI's box of %lld x %lld x %lld voxels is too "
                       "small for the distances",
                       (long long)size[0], (long long)size[1], (long long)size[2]);
    if (wanted > INT32_MAX / 2)
        return err_set(e, ERR_REFUSED, "too many neighbour directions for these distances");
    out->offset = mem_array((size_t)(wanted > n ? wanted : n), sizeof *out->offset, e);
    if (!out->offset)
        return false;
    walk(reach, distance, n_distances, out->offset, &counted);
    for (int64_t i = n; i < wanted; i++)
        out->offset[i] = out->offset[i - n];
    out->n = (int)wanted;
    measure_reach(out);
    out->shells = shells(distance, n_distances, norm(reach));
    return true;
}

void directions_free(struct directions *d)
{
    free(d->offset);
    *d = (struct directions){0};
}
