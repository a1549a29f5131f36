/* Excess kurtosis of a few samples, in SciPy's order of operations. */
#ifndef RADMILL_ENGINE_FILTERS_KURTOSIS_H
#define RADMILL_ENGINE_FILTERS_KURTOSIS_H

#include <stdbool.h>
#include <stdint.h>

/* m4 / m2^2 - 3 of x[n], population moments; NaN where m2 is no more than round-off of the mean
 * (SciPy >= 1.11). single: x holds float32 values and every operation rounds to float32, as SciPy
 * does on float32 arrays. scratch: n doubles. */
double kurtosis(const double *x, int64_t n, bool single, double *scratch);

#endif
