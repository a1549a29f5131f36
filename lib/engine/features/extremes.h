/* Outermost surface vertices of an ROI, line by line: what convex hulls need of it.
 *
 * Vertices have half-voxel coordinates h = 2 * index (-1 .. 2 * size - 1 per axis), exactly one of
 * which is odd. A line runs along `axis` (x or y) through fixed coordinates of the other two. */
#ifndef RADMILL_ENGINE_FEATURES_EXTREMES_H
#define RADMILL_ENGINE_FEATURES_EXTREMES_H

#include "base/err.h"

#include <stdint.h>

struct extent {
    int32_t lo, hi; /* half voxels; lo > hi: the line has no vertex */
};

struct extents {
    int64_t lines[2];    /* half-voxel lines across (x for axis y, y for axis x), and along z */
    struct extent *line; /* [lines[1]][lines[0]]; index 0 is half coordinate -1; mem_big_free */
};

bool extents_along_x(const uint8_t *mask, const int64_t size[3], struct extents *out,
                     struct err *e);
bool extents_along_y(const uint8_t *mask, const int64_t size[3], struct extents *out,
                     struct err *e);

/* The line at half-voxel coordinates (across, z), each from -1 on. */
static inline struct extent *extents_at(const struct extents *x, int64_t across, int64_t z)
{
    return &x->line[(z + 1) * x->lines[0] + across + 1];
}

#endif
