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

#include "base/err.h"
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

/* The n voxels of an axis from `lo` on, some of which lie beyond the border: where each is read
 * (-1: 0). Those from `first` to before `end` lie in the image, one after the other. */
struct border_line {
    int64_t n, first, end, *at;
};

/* ERR_FAILED: no memory. Release with border_line_close (zeroed is fine). */
bool border_line_open(struct border_line *l, const struct border *border, int axis, int64_t lo,
                      int64_t n, struct err *e);
void border_line_close(struct border_line *l);

/* out[n]: these voxels of one line, whose voxel i of the axis is line[i]. */
void border_line_read(const struct border_line *l, const double *line, double *out);

#endif
