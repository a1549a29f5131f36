/* Sums in NumPy's order, for decisions that depend on the last digit: thresholds derived from a
 * mean, a deviation that is either zero or round-off. */
#ifndef RADMILL_BASE_PAIRWISE_H
#define RADMILL_BASE_PAIRWISE_H

#include <stdbool.h>
#include <stdint.h>

/* The result of one operation, rounded to the working precision. A float32 operation is a double
 * one rounded once more: 53 bits are enough for that to be exact. */
static inline double pairwise_kept(bool single, double x)
{
    return single ? (float)x : x;
}

enum { PAIRWISE_BUFFER = 8192 }; /* values; longer arrays are added up in such pieces */

/* The sum of x[0..n) as numpy.sum adds up a contiguous array of float64 or, with `single`, of
 * float32 (x then holds such values): eight running sums per 128 values, halves, and one buffer of
 * 8192 values after the other. */
double pairwise_sum(const double *x, int64_t n, bool single);

#endif
