#include "engine/filters/kurtosis.h"

#include <math.h>

/* The result of one operation in the precision that is kept. A float32 operation is a double one
 * rounded once more: 53 bits are enough for that to be exact. */
static double kept(bool single, double x)
{
    return single ? (float)x : x;
}

/* NumPy's pairwise sum. */
static double sum(const double *x, int64_t n, bool single)
{
    if (n > 128) {
        int64_t half = n / 2 / 8 * 8;
        return kept(single, sum(x, half, single) + sum(x + half, n - half, single));
    }
    double r[8], total = 0;
    int64_t i = 0;
    if (n >= 8) {
        for (; i < 8; i++)
            r[i] = x[i];
        for (; i < n - n % 8; i++)
            r[i % 8] = kept(single, r[i % 8] + x[i]);
        double left = kept(single, kept(single, r[0] + r[1]) + kept(single, r[2] + r[3]));
        double right = kept(single, kept(single, r[4] + r[5]) + kept(single, r[6] + r[7]));
        total = kept(single, left + right);
    }
    for (; i < n; i++)
        total = kept(single, total + x[i]);
    return total;
}

static double mean(const double *x, int64_t n, bool single)
{
    return kept(single, sum(x, n, single) / (double)n);
}

double kurtosis(const double *x, int64_t n, bool single, double *scratch)
{
    double mu = mean(x, n, single);
    for (int64_t i = 0; i < n; i++) {
        double d = kept(single, x[i] - mu);
        scratch[i] = kept(single, d * d);
    }
    double m2 = mean(scratch, n, single);
    for (int64_t i = 0; i < n; i++)
        scratch[i] = kept(single, scratch[i] * scratch[i]);
    double m4 = mean(scratch, n, single);
    double noise = kept(single, kept(single, single ? 1e-6 : 1e-15) * mu);
    if (m2 <= kept(single, noise * noise))
        return NAN;
    return kept(single, kept(single, m4 / kept(single, m2 * m2)) - 3);
}
