#include "engine/filters/kurtosis.h"

#include "base/pairwise.h"

#include <math.h>

static double mean(const double *x, int64_t n, bool single)
{
    return pairwise_kept(single, pairwise_sum(x, n, single) / (double)n);
}

double kurtosis(const double *x, int64_t n, bool single, double *scratch)
{
    double mu = mean(x, n, single);
    for (int64_t i = 0; i < n; i++) {
        double d = pairwise_kept(single, x[i] - mu);
        scratch[i] = pairwise_kept(single, d * d);
    }
    double m2 = mean(scratch, n, single);
    for (int64_t i = 0; i < n; i++)
        scratch[i] = pairwise_kept(single, scratch[i] * scratch[i]);
    double m4 = mean(scratch, n, single);
    double noise = pairwise_kept(single, pairwise_kept(single, single ? 1e-6 : 1e-15) * mu);
    if (m2 <= pairwise_kept(single, noise * noise))
        return NAN;
    return pairwise_kept(single, pairwise_kept(single, m4 / pairwise_kept(single, m2 * m2)) - 3);
}
