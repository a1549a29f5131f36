/* First-order statistics of one response (specification 6.2; IBSI 3.3). */
#ifndef RADMILL_ENGINE_FEATURES_STATISTICS_H
#define RADMILL_ENGINE_FEATURES_STATISTICS_H

#include "engine/features/fields.h"

/* In the unit of the image, its powers, or without a unit. */
struct statistics {
    double mean, variance, standard_deviation; /* variance divided by n */
    double skewness, kurtosis;                 /* 3 for a normal distribution; 0 without spread */
    double minimum, p10, median, p90, maximum, range, interquartile_range;
    double mean_absolute_deviation;
    double robust_mean_absolute_deviation; /* of the values from p10 to p90 */
    double energy, root_mean_squared;      /* of the values plus the settings' shift */
    double total_energy;                   /* energy times the volume of a voxel, mm3 */
    double entropy, uniformity;            /* of the grey levels */
    double excess_kurtosis;                /* kurtosis less 3 */
    double median_absolute_deviation;      /* mean distance from the median */
    double variation;                      /* standard deviation over mean */
    double quartile_dispersion;            /* (p75 - p25) / (p75 + p25) */
};

/* What order statistics want to know: the values of these ranks (0-based, ascending) among n. */
enum { STATISTICS_RANKS = 14 };
struct order_ranks {
    int64_t rank[STATISTICS_RANKS];
    double t[STATISTICS_RANKS / 2]; /* how far a percentile lies between its two */
};
void statistics_ranks(int64_t n, struct order_ranks *r);
void statistics_by_ranks(const struct order_ranks *r, const double value[STATISTICS_RANKS],
                         struct statistics *v);

/* What follows from the sums (sums.h). */
struct power_sums;
struct central_sums;
void statistics_by_sums(const struct power_sums *power, const struct central_sums *central,
                        const double spacing_mm[3], struct statistics *v);

/* Measures a family of field_rows of struct statistics: struct family's `measure`. */
bool statistics_measure(const struct family *self, const struct family_input *in,
                        const bool *wanted, struct fvalue *out, struct err *e);

#endif
