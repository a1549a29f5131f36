#include "engine/features/hull.h"

/* Is the middle one of three points, in ascending order of their lines, a corner of this side? */
static bool bulges(const struct extent *line, int64_t stride, enum hull_side side, int32_t a,
                   int32_t b, int32_t c)
{
    const struct extent p = line[a * stride], q = line[b * stride], r = line[c * stride];
    int64_t pu = p.lo, qu = q.lo, ru = r.lo;
    if (side == HULL_HI)
        pu = -(int64_t)p.hi, qu = -(int64_t)q.hi, ru = -(int64_t)r.hi;
    return (qu - pu) * (c - a) < (ru - pu) * (b - a);
}

int64_t hull_corners(const struct extent *line, int64_t stride, int64_t n, enum hull_side side,
                     int32_t *corner)
{
    int64_t count = 0;
    for (int32_t c = 0; c < n; c++) {
        if (line[c * stride].lo > line[c * stride].hi)
            continue;
        while (count >= 2 && !bulges(line, stride, side, corner[count - 2], corner[count - 1], c))
            count--;
        corner[count++] = c;
    }
    return count;
}
