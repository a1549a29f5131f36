/* Intensity histogram (IBSI 3.4): statistics of the grey levels themselves. */
#ifndef RADMILL_ENGINE_FEATURES_HISTOGRAM_H
#define RADMILL_ENGINE_FEATURES_HISTOGRAM_H

#include "engine/features/fields.h"

/* In grey levels, their powers, voxels a level, or without a unit. */
struct histogram {
    double mean, variance, skewness, excess_kurtosis;
    double minimum, p10, median, p90, maximum, range, interquartile_range;
    double mode; /* of several, the nearest to the mean; of two such, the lower */
    double mean_absolute_deviation, robust_mean_absolute_deviation, median_absolute_deviation;
    double variation, quartile_dispersion;
    double entropy, uniformity;
    double largest_gradient, largest_gradient_level;   /* NaN for a single level; of several */
    double smallest_gradient, smallest_gradient_level; /* places of one gradient the first */
};

/* count[1..n]: voxels of each level. */
struct histogram histogram_of(const int64_t *count, int32_t n);

/* Measures a family of field_rows of struct histogram: struct family's `measure`. */
bool histogram_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                       struct fvalue *out, struct err *e);

#endif
