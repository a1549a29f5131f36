/* Deriche's recursive approximation of the Gaussian and its second derivative along lines, as ITK's
 * recursive filters compute it (specification 5.2; R. Deriche, INRIA RR-1893, 1993). Private to the
 * Laplacian of Gaussian. */
#ifndef RADMILL_ENGINE_FILTERS_RECURSIVE_GAUSSIAN_H
#define RADMILL_ENGINE_FILTERS_RECURSIVE_GAUSSIAN_H

#include <stdbool.h>
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
enum { AHEAD = 16 };                      /* floats: what is so far ahead is asked for early */
enum { LINE_BEFORE = 3, LINE_AFTER = 4 }; /* samples of room around a line */

/* LINES lines of n >= 4 samples side by side, and where the results of samples from .. to - 1 go.
 */
struct line_group {
    const float *in; /* sample i of line l: in[i * in_step + l]; not when is_double */
    bool is_double;  /* the samples stand in x */
    int64_t in_step;
    int64_t n, from, to;
    /* Work, 64-byte aligned, n * LINES each; around x there is room for LINE_BEFORE * LINES before
     * and LINE_AFTER * LINES behind. */
    double *x, *y, *w;
    float *out; /* sample i of line l: out[(i - from) * out_step + l], rounded to float32 */
    int64_t out_step;
};

void recursive_gaussian_lines(const struct recursive_gaussian *g, const struct line_group *l);

#endif
