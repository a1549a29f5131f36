/* Compensated sums, whose result does not depend on the order of the terms: the mean in a course's
 * image.json equals the one that radfeat computes from the file. */
#ifndef RADMILL_BASE_SUM_H
#define RADMILL_BASE_SUM_H

#include <math.h>

/* sum += v; what rounding lost is added to lost (TwoSum; Knuth, The Art of Computer Programming
 * 4.2.2): for any sizes, without a branch. TYPE is double or a vector of doubles. */
#define SUM_ADD(TYPE, sum, v, lost)                                                                \
    do {                                                                                           \
        TYPE next_ = (sum) + (v), added_ = next_ - (sum);                                          \
        (lost) += ((sum) - (next_ - added_)) + ((v)-added_);                                       \
        (sum) = next_;                                                                             \
    } while (0)

static inline double sum_add(double sum, double v, double *lost)
{
    SUM_ADD(double, sum, v, *lost);
    return sum;
}

/* The compensated sum. When the plain sum is infinite the compensation is NaN and is left out. */
static inline double sum_total(double sum, double lost)
{
    return isfinite(sum) ? sum + lost : sum;
}

#endif
