/* Deriche's recursive approximation of the Gaussian and its second derivative along lines, as ITK's
 * recursive filters compute it (specification 5.2; R. Deriche, INRIA RR-1893, 1993). Private to the
 * Laplacian of Gaussian. */
#ifndef RADMILL_ENGINE_FILTERS_RECURSIVE_GAUSSIAN_H
#define RADMILL_ENGINE_FILTERS_RECURSIVE_GAUSSIAN_H

#include <stdint.h>

/* y[i] = n[0] x[i] + .. + n[3] x[i-3] - sum d[k] y[i-1-k], and the same backwards with m; bn and bm
 * stand for d where y lies beyond the line. */
struct recursive_gaussian {
    double n[4], m[4], d[4], bn[4], bm[4];
};

/* order 0 or 2; sigma > 0 and spacing > 0 in mm. The second derivative is scaled by sigma^2. */
struct recursive_gaussian recursive_gaussian(int order, double sigma_mm, double spacing_mm);

/* Samples after which the response to anything has decayed below 2^-53. */
int64_t recursive_gaussian_reach(double sigma_mm, double spacing_mm);

enum { LINES = 8 };                       /* lines that are filtered together, one per lane */
enum { LINE_BEFORE = 3, LINE_AFTER = 4 }; /* samples that the filter itself puts around a line */

/* Filters LINES lines of n >= 4 samples. x: sample i of line l at x[(LINE_BEFORE + i) * LINES + l],
 * 64-byte aligned, with room for the samples before and after, which are written. y and
 * w: n * LINES each, aligned too; the results for the samples from .. to - 1 are the sums y + w at
 * [i * LINES + l]. */
void recursive_gaussian_lines(const struct recursive_gaussian *g, double *x, int64_t n,
                              int64_t from, int64_t to, double *y, double *w);

#endif
