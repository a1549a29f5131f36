/* What an image is taken to be beyond its border: the four boundary conditions of IBSI 2 (GBYQ).
 * Every filter that reads beyond the image asks here, so that the conditions exist once.
 *
 *   BORDER_ZERO      0
 *   BORDER_NEAREST   the voxel at the border
 *   BORDER_PERIODIC  the image repeated
 *   BORDER_MIRROR    the image mirrored at the outer face of its border voxels: ... 1 0 | 0 1 2 ...
 */
#ifndef RADMILL_ENGINE_SIGNAL_BORDER_H
#define RADMILL_ENGINE_SIGNAL_BORDER_H

#include "vol/grid.h"

enum border_rule { BORDER_ZERO, BORDER_NEAREST, BORDER_PERIODIC, BORDER_MIRROR };

struct border {
    enum border_rule rule;
    int64_t size[3]; /* of the whole image, voxels, x first */
};

/* Where voxel i of an axis of n >= 1 voxels is read: 0..n-1, or -1 where the value is 0. Any i. */
int64_t border_index(enum border_rule rule, int64_t i, int64_t n);

/* The voxels lo..lo+count-1 that are read for the voxels of `b` along one axis when each needs
 * `before` voxels on the lower side and `after` on the upper: b with that axis replaced. */
struct box border_source(const struct border *border, const struct box *b, int axis, int64_t before,
                         int64_t after);

#endif
