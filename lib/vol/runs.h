/* Runs of set bytes in a mask: the voxels of an ROI as stretches of memory, in array order. A run
 * may go on from the end of one row to the start of the next. */
#ifndef RADMILL_VOL_RUNS_H
#define RADMILL_VOL_RUNS_H

#include <stdbool.h>
#include <stdint.h>

struct run {
    int64_t start, n; /* first voxel, count >= 1 */
};

/* The first run at or after `from` among the n bytes (0 or 1) of mask; false when there is none.
 * for (int64_t at = 0; runs_next(mask, n, at, &r); at = r.start + r.n) visits them all. */
bool runs_next(const uint8_t *mask, int64_t n, int64_t from, struct run *r);

/* Values of the ROI one after the other: out[number of set bytes], which may be `value` itself.
 * Returns their count. */
int64_t runs_gather(const double *value, const uint8_t *mask, int64_t n, double *out);

#endif
