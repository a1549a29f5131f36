/* The sums of sums.h for eight samples at once, one a lane, in NumPy's order within each lane: the
 * same bits as sample by sample. The samples have the same places; where one of them has no value
 * stands NaN, which counts as zero in its place. */
#ifndef RADMILL_ENGINE_FEATURES_SUMS_LANES_H
#define RADMILL_ENGINE_FEATURES_SUMS_LANES_H

#include "base/simd.h"

/* What sums.h has in struct window, by lane; values outside [lo, hi] count as zero. */
struct lane_windows {
    struct eight lo, hi, mean;
    double shift;
};

/* Which sums: of 1, x and (x + shift)^2; of |d|, d^2, d^3 and d^4 with d = x - mean; of |d|. */
enum sums_kind { SUMS_POWERS, SUMS_CENTRAL, SUMS_DEVIATION };
enum { SUMS_MOST = 4 };

/* x[n]; at most 8192 places. */
void sums_lanes(enum sums_kind kind, const struct eight *x, int n, const struct lane_windows *w,
                struct eight sum[SUMS_MOST]);

#endif
