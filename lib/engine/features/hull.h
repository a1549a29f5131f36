/* Convex hulls of the outermost vertices of parallel lines, in exact integers: a hull does not
 * change when an axis is scaled, so that anisotropic voxels need no care here. */
#ifndef RADMILL_ENGINE_FEATURES_HULL_H
#define RADMILL_ENGINE_FEATURES_HULL_H

#include "engine/features/extremes.h"

enum hull_side { HULL_LO, HULL_HI };

/* One side of the hull of the lines line[0], line[stride], .. line[(n - 1) * stride]: the numbers
 * of the lines whose lo (or hi) vertex is a corner, ascending, into corner[n]; points on edges are
 * left out. Returns their count. Both sides together are the corners of the hull. */
int64_t hull_corners(const struct extent *line, int64_t stride, int64_t n, enum hull_side side,
                     int32_t *corner);

#endif
