/* Sums over the values of an ROI in NumPy's order of summation (specification 6.2), so that
 * decisions by round-off (a flat ROI whose mean differs from its value) fall as they do there; and
 * since that order has eight running sums, it is also the fast one. Several sums in one pass; a
 * single one: base/pairwise.h. */
#ifndef RADMILL_ENGINE_FEATURES_SUMS_H
#define RADMILL_ENGINE_FEATURES_SUMS_H

#include <stdint.h>

/* Values outside [lo, hi], and NaN, count as zero, in place: as NumPy's nansum takes them. */
struct window {
    double lo, hi;
    double shift; /* what power sums add to the values */
    double mean;  /* what central sums take from them */
};

struct power_sums {
    double n, first, shifted_second; /* sums of 1, x, (x + shift)^2 */
};

struct central_sums {
    double deviation, second, third, fourth; /* of |d|, d^2, d^3, d^4 with d = x - mean */
};

struct power_sums sums_powers(const double *x, int64_t n, const struct window *w);
struct central_sums sums_central(const double *x, int64_t n, const struct window *w);
double sums_deviation(const double *x, int64_t n, const struct window *w); /* of |d| only */

#endif
