#include "base/pairwise.h"

enum { LANES = 8, BLOCK = 128 };

static double block(const double *x, int64_t n, bool single)
{
    double lane[LANES] = {0}, total = 0;
    int64_t i = 0;
    for (; i < n - n % LANES; i++)
        lane[i % LANES] = pairwise_kept(single, lane[i % LANES] + x[i]);
    for (int step = 1; step < LANES; step *= 2)
        for (int k = 0; k < LANES; k += 2 * step)
            lane[k] = pairwise_kept(single, lane[k] + lane[k + step]);
    for (total = lane[0]; i < n; i++)
        total = pairwise_kept(single, total + x[i]);
    return total;
}

static double halves(const double *x, int64_t n, bool single)
{
    if (n <= BLOCK)
        return block(x, n, single);
    int64_t half = n / 2 - n / 2 % LANES;
    return pairwise_kept(single, halves(x, half, single) + halves(x + half, n - half, single));
}

double pairwise_sum(const double *x, int64_t n, bool single)
{
    double total = 0;
    for (int64_t at = 0; at < n; at += PAIRWISE_BUFFER)
        total = pairwise_kept(
            single,
            total + halves(x + at, n - at < PAIRWISE_BUFFER ? n - at : PAIRWISE_BUFFER, single));
    return total;
}
