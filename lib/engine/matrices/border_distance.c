#include "engine/matrices/gldzm.h"

#include "base/simd.h"

#include <string.h>

/* Steps through faces are a sum of steps along the axes, so the distance is found one axis after
 * the other: within the runs of a line it is known at once, and across lines and planes each takes
 * what its neighbour allows, up and down again. Whole lines are compared at a time. */

/* A run of n voxels between two that are outside. */
SIMD_CLONES
static void fill_run(uint16_t *out, int32_t n)
{
    for (int32_t k = 0; k < n; k++) {
        int32_t distance = k + 1 < n - k ? k + 1 : n - k;
        out[k] = (uint16_t)(distance < UINT16_MAX ? distance : UINT16_MAX);
    }
}

/* How many of the n bytes are 0 before the first one that is not. */
static int64_t zeros(const uint8_t *byte, int64_t n)
{
    int64_t x = 0;
    for (uint64_t eight; x + 8 <= n; x += 8) {
        memcpy(&eight, byte + x, sizeof eight);
        if (eight)
            break;
    }
    while (x < n && !byte[x])
        x++;
    return x;
}

/* Distances along one line (along), or none at all yet. */
static void begin_line(const uint8_t *mask, int64_t n, bool along, uint16_t *out)
{
    for (int64_t x = 0; x < n;) {
        int64_t outside = zeros(mask + x, n - x);
        memset(out + x, 0, (size_t)outside * sizeof *out);
        x += outside;
        const uint8_t *end = x < n ? memchr(mask + x, 0, (size_t)(n - x)) : NULL;
        int64_t run = (end ? end - mask : n) - x;
        if (along)
            fill_run(out + x, (int32_t)run);
        else
            memset(out + x, 0xff, (size_t)run * sizeof *out);
        x += run;
    }
}

/* out: what its neighbour allows, if that is less. */
SIMD_CLONES
static void one_more_than(const uint16_t *restrict neighbour, int64_t n, uint16_t *restrict out)
{
    for (int64_t i = 0; i < n; i++) {
        uint16_t through = (uint16_t)(neighbour[i] + (neighbour[i] != UINT16_MAX));
        out[i] = through < out[i] ? through : out[i];
    }
}

/* Beyond the box everything is outside. */
SIMD_CLONES
static void at_border(int64_t n, uint16_t *out)
{
    for (int64_t i = 0; i < n; i++)
        out[i] = out[i] < 1 ? out[i] : 1;
}

/* Up and down again through `count` neighbours of n voxels each. */
static void across(uint16_t *out, int64_t n, int64_t count)
{
    at_border(n, out);
    for (int64_t k = 1; k < count; k++)
        one_more_than(out + (k - 1) * n, n, out + k * n);
    at_border(n, out + (count - 1) * n);
    for (int64_t k = count - 2; k >= 0; k--)
        one_more_than(out + (k + 1) * n, n, out + k * n);
}

void border_distances(const uint8_t *mask, const int64_t size[3], int flat_axis, uint16_t *out)
{
    int64_t line = size[0], plane = size[0] * size[1];
    for (int64_t z = 0; z < size[2]; z++) {
        for (int64_t y = 0; y < size[1]; y++)
            begin_line(mask + z * plane + y * line, line, flat_axis != 0,
                       out + z * plane + y * line);
        if (flat_axis != 1)
            across(out + z * plane, line, size[1]);
    }
    if (flat_axis != 2)
        across(out, plane, size[2]);
}
