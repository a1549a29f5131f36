#include "engine/features/sums.h"

#include "base/pairwise.h"
#include "base/simd.h"

#include <math.h>
#include <stddef.h>

enum { MAX_SUMS = 4, BLOCK = 128 };

/* Sums of at most BLOCK values. Element i of the full groups of eight goes to lane i % 8. */
typedef void block_fn(const double *x, int64_t n, const struct window *w, double sum[MAX_SUMS]);

/* NumPy's order for eight running sums. */
SIMD_PART double tree(const quad r[QUADS])
{
    return ((r[0][0] + r[0][1]) + (r[0][2] + r[0][3])) +
           ((r[1][0] + r[1][1]) + (r[1][2] + r[1][3]));
}

SIMD_PART double windowed(double x, const struct window *w, double value)
{
    return ((x >= w->lo) & (x <= w->hi)) ? value : 0.0;
}

SIMD_CLONES_512 static void block_powers(const double *x, int64_t n, const struct window *window,
                                         double *sum)
{
    const struct window w = *window;
    const quad one = {1, 1, 1, 1};
    quad a[QUADS] = {{0}}, b[QUADS] = {{0}}, c[QUADS] = {{0}};
    int64_t i = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES) {
        for (int h = 0; h < QUADS; h++) {
            quad v;
            QUAD_LOAD(v, x + i + QUAD * h);
            quad_mask in = (v >= w.lo) & (v <= w.hi);
            quad s = v + w.shift;
            a[h] += QUAD_KEEP(in, one);
            b[h] += QUAD_KEEP(in, v);
            c[h] += QUAD_KEEP(in, s * s);
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

static const quad_mask magnitude = {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX};

SIMD_CLONES_512 static void block_central(const double *x, int64_t n, const struct window *window,
                                          double *sum)
{
    const struct window w = *window;
    quad a[QUADS] = {{0}}, b[QUADS] = {{0}}, c[QUADS] = {{0}}, d[QUADS] = {{0}};
    int64_t i = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES) {
        for (int h = 0; h < QUADS; h++) {
            quad v;
            QUAD_LOAD(v, x + i + QUAD * h);
            v = QUAD_KEEP((v >= w.lo) & (v <= w.hi), v - w.mean);
            quad square = v * v;
            a[h] += QUAD_KEEP(magnitude, v);
            b[h] += square;
            c[h] += square * v;
            d[h] += square * square;
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

SIMD_CLONES_512 static void block_deviation(const double *x, int64_t n, const struct window *window,
                                            double *sum)
{
    const struct window w = *window;
    quad a[QUADS] = {{0}};
    int64_t i = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES) {
        for (int h = 0; h < QUADS; h++) {
            quad v;
            QUAD_LOAD(v, x + i + QUAD * h);
            quad_mask in = (v >= w.lo) & (v <= w.hi);
            a[h] += QUAD_KEEP(in & magnitude, v - w.mean);
        }
    }
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

static void chunked(const double *x, int64_t n, const struct window *w, block_fn *block,
                    double sum[MAX_SUMS])
{
    for (int64_t at = 0; at < n; at += PAIRWISE_BUFFER) {
        double part[MAX_SUMS] = {0};
        pairwise(x + at, n - at < PAIRWISE_BUFFER ? n - at : PAIRWISE_BUFFER, w, block, part);
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
