#include "masks/measure.h"

#include <math.h>
#include <string.h>

struct box mask_everywhere(const struct grid *g)
{
    return (struct box){{0, 0, 0}, {g->size[0], g->size[1], g->size[2]}};
}

/* How many of n bytes, 0 or 1 each, are 1: eight at a time, summed by one multiplication. */
static int64_t count_ones(const uint8_t *byte, int64_t n)
{
    int64_t count = 0;
    for (; n >= 8; n -= 8, byte += 8) {
        uint64_t eight;
        memcpy(&eight, byte, sizeof eight);
        count += (int64_t)(eight * 0x0101010101010101u >> 56);
    }
    while (n-- > 0)
        count += *byte++;
    return count;
}

/* Voxels of one row of the box; first and last of them. */
static int64_t measure_row(const uint8_t *row, int64_t n, int64_t *first, int64_t *last)
{
    const uint8_t *one = memchr(row, 1, (size_t)n);
    if (!one)
        return 0;
    *first = one - row;
    *last = (const uint8_t *)memrchr(row, 1, (size_t)n) - row;
    return count_ones(one, *last - *first + 1);
}

static void stretch(int64_t at, int64_t *lo, int64_t *hi)
{
    *lo = at < *lo ? at : *lo;
    *hi = at > *hi ? at : *hi;
}

struct mask_measure mask_measure(const struct grid *g, const uint8_t *voxel,
                                 const struct box *within)
{
    struct mask_measure m = {0};
    int64_t lo[3] = {INT64_MAX, INT64_MAX, INT64_MAX}, hi[3] = {-1, -1, -1};
    for (int64_t k = within->lo[2]; k < within->lo[2] + within->size[2]; k++) {
        for (int64_t j = within->lo[1]; j < within->lo[1] + within->size[1]; j++) {
            int64_t first, last;
            const uint8_t *row = voxel + (k * g->size[1] + j) * g->size[0] + within->lo[0];
            int64_t count = measure_row(row, within->size[0], &first, &last);
            if (count == 0)
                continue;
            m.voxels += count;
            stretch(within->lo[0] + first, &lo[0], &hi[0]);
            stretch(within->lo[0] + last, &lo[0], &hi[0]);
            stretch(j, &lo[1], &hi[1]);
            stretch(k, &lo[2], &hi[2]);
        }
    }
    const double *d = g->direction, *s = g->spacing_mm;
    double det = d[0] * (d[4] * d[8] - d[5] * d[7]) - d[1] * (d[3] * d[8] - d[5] * d[6]) +
                 d[2] * (d[3] * d[7] - d[4] * d[6]);
    m.volume_ml = (double)m.voxels * (fabs(det) * s[0] * s[1] * s[2]) / 1000;
    for (int a = 0; a < 3 && m.voxels > 0; a++) {
        m.bounds.lo[a] = lo[a];
        m.bounds.size[a] = hi[a] - lo[a] + 1;
        m.touches_border |= g->size[a] > 1 && (lo[a] == 0 || hi[a] == g->size[a] - 1);
    }
    return m;
}

void mask_clear(const struct grid *g, uint8_t *voxel, const struct box *box)
{
    for (int64_t k = box->lo[2]; k < box->lo[2] + box->size[2]; k++)
        for (int64_t j = box->lo[1]; j < box->lo[1] + box->size[1]; j++)
            memset(voxel + (k * g->size[1] + j) * g->size[0] + box->lo[0], 0, (size_t)box->size[0]);
}
