#include "engine/features/sums.h"

#include "base/simd.h"

#include <math.h>
#include <stddef.h>

enum { MAX_SUMS = 4, BLOCK = 128, CHUNK = 8192 };

/* Sums of at most BLOCK values. Element i of the full groups of eight goes to lane i % 8. */
typedef void block_fn(const double *x, int64_t n, const struct window *w, double sum[MAX_SUMS]);

static inline double tree(const double r[SIMD_LANES])
{
    return ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
}

static inline double windowed(double x, const struct window *w, double value)
{
    return ((x >= w->lo) & (x <= w->hi)) ? value : 0.0;
}

SIMD_CLONES static void block_plain(const double *x, int64_t n, const struct window *w, double *sum)
{
    (void)w;
    double a[SIMD_LANES] = {0};
    int64_t i = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES)
        for (int j = 0; j < SIMD_LANES; j++)
            a[j] += x[i + j];
    sum[0] = tree(a);
    for (; i < n; i++)
        sum[0] += x[i];
}

SIMD_CLONES static void block_powers(const double *x, int64_t n, const struct window *window,
                                     double *sum)
{
    const struct window w = *window;
    double a[SIMD_LANES] = {0}, b[SIMD_LANES] = {0}, c[SIMD_LANES] = {0};
    int64_t i = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES) {
        for (int j = 0; j < SIMD_LANES; j++) {
            double v = x[i + j], s = v + w.shift;
            a[j] += windowed(v, &w, 1);
            b[j] += windowed(v, &w, v);
            c[j] += windowed(v, &w, s * s);
        }
    }
    sum[0] = tree(a), sum[1] = tree(b), sum[2] = tree(c);
    for (; i < n; i++) {
        double v = x[i], s = v + w.shift;
        sum[0] += windowed(v, &w, 1);
        sum[1] += windowed(v, &w, v);
        sum[2] += windowed(v, &w, s * s);
    }
}

SIMD_CLONES static void block_central(const double *x, int64_t n, const struct window *window,
                                      double *sum)
{
    const struct window w = *window;
    double a[SIMD_LANES] = {0}, b[SIMD_LANES] = {0}, c[SIMD_LANES] = {0}, d[SIMD_LANES] = {0};
    int64_t i = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES) {
        for (int j = 0; j < SIMD_LANES; j++) {
            double v = windowed(x[i + j], &w, x[i + j] - w.mean), square = v * v;
            a[j] += fabs(v);
            b[j] += square;
            c[j] += square * v;
            d[j] += square * square;
        }
    }
    sum[0] = tree(a), sum[1] = tree(b), sum[2] = tree(c), sum[3] = tree(d);
    for (; i < n; i++) {
        double v = windowed(x[i], &w, x[i] - w.mean), square = v * v;
        sum[0] += fabs(v);
        sum[1] += square;
        sum[2] += square * v;
        sum[3] += square * square;
    }
}

SIMD_CLONES static void block_deviation(const double *x, int64_t n, const struct window *window,
                                        double *sum)
{
    const struct window w = *window;
    double a[SIMD_LANES] = {0};
    int64_t i = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES)
        for (int j = 0; j < SIMD_LANES; j++)
            a[j] += windowed(x[i + j], &w, fabs(x[i + j] - w.mean));
    sum[0] = tree(a);
    for (; i < n; i++)
        sum[0] += windowed(x[i], &w, fabs(x[i] - w.mean));
}

/* NumPy's pairwise order: the first half, cut to a multiple of eight, and the rest. */
static void pairwise(const double *x, int64_t n, const struct window *w, block_fn *block,
                     double sum[MAX_SUMS])
{
    if (n <= BLOCK) {
        block(x, n, w, sum);
        return;
    }
    int64_t half = n / 2 - n / 2 % SIMD_LANES;
    double rest[MAX_SUMS] = {0};
    pairwise(x, half, w, block, sum);
    pairwise(x + half, n - half, w, block, rest);
    for (int i = 0; i < MAX_SUMS; i++)
        sum[i] += rest[i];
}

/* NumPy's buffer holds 8192 values: longer arrays are summed buffer by buffer. */
static void chunked(const double *x, int64_t n, const struct window *w, block_fn *block,
                    double sum[MAX_SUMS])
{
    for (int64_t at = 0; at < n; at += CHUNK) {
        double part[MAX_SUMS] = {0};
        pairwise(x + at, n - at < CHUNK ? n - at : CHUNK, w, block, part);
        for (int i = 0; i < MAX_SUMS; i++)
            sum[i] += part[i];
    }
}

struct power_sums sums_powers(const double *x, int64_t n, const struct window *w)
{
    double sum[MAX_SUMS] = {0};
    chunked(x, n, w, block_powers, sum);
    return (struct power_sums){sum[0], sum[1], sum[2]};
}

struct central_sums sums_central(const double *x, int64_t n, const struct window *w)
{
    double sum[MAX_SUMS] = {0};
    chunked(x, n, w, block_central, sum);
    return (struct central_sums){sum[0], sum[1], sum[2], sum[3]};
}

double sums_deviation(const double *x, int64_t n, const struct window *w)
{
    double sum[MAX_SUMS] = {0};
    chunked(x, n, w, block_deviation, sum);
    return sum[0];
}

double sums_plain(const double *x, int64_t n)
{
    double sum[MAX_SUMS] = {0};
    chunked(x, n, NULL, block_plain, sum);
    return sum[0];
}
