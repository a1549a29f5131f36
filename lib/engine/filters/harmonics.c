#include "engine/filters/harmonics.h"

#include "base/mem.h"
#include "base/simd.h"

#include <complex.h>
#include <math.h>

#ifndef CMPLX /* C11's, which glibc gives to GCC only */
#define CMPLX(re, im) __builtin_complex((double)(re), (double)(im))
#endif

enum { LANES = HARMONICS_LANES };

/* Associated Legendre function with the Condon-Shortley sign as a sum of powers of 1 + x (DLMF
 * 14.3.4 and 14.7.17), exact to the last bit with SciPy's. */
static double legendre_sum(int64_t n, int64_t m, double x)
{
    double factor = 1, shrink = 1, sum = 1, term = 1, root = sqrt(1 - x * x);
    if (m > 0) {
        factor = (double)(n * (n + m));
        for (int64_t j = 1; j < m; j++)
            factor *= (double)(n * n - j * j);
        for (int64_t j = 1; j <= m; j++)
            shrink = 0.5 * shrink * root / (double)j;
        factor *= shrink;
    }
    for (int64_t k = 1; k <= n - m; k++) {
        term = 0.5 * term * (double)(k - 1 - n + m) * (double)(n + m + k) / (double)(k * (k + m)) *
               (1 + x);
        sum += term;
    }
    return (n % 2 ? -factor : factor) * sum;
}

/* The sum up to degree 2, then by recurrence in the degree. */
static double legendre(int64_t n, int64_t m, double x)
{
    if (n <= 2 || n <= m)
        return legendre_sum(n, m, x);
    double before = legendre_sum(m, m, x), value = legendre_sum(m + 1, m, x);
    for (int64_t k = m + 2; k <= n; k++) {
        double next =
            ((double)(2 * k - 1) * x * value - (double)(k - 1 + m) * before) / (double)(k - m);
        before = value;
        value = next;
    }
    return value;
}

/* (n - m)! / (n + m)!, or its inverse for m < 0 */
static double factorials(int64_t n, int64_t m)
{
    double ratio = 1;
    for (int64_t k = n - m + 1; k <= n + m; k++)
        ratio /= (double)k;
    for (int64_t k = n - m; k > n + m; k--)
        ratio *= (double)k;
    return ratio;
}

/* Y(n, m) without its turning factor exp(i m azimuth) */
static double upright(int64_t n, int64_t m, double x)
{
    int64_t order = m < 0 ? -m : m;
    double y = legendre(n, order, x);
    if (m < 0)
        y *= (order % 2 ? -1 : 1) * factorials(n, order);
    y *= sqrt((double)(2 * n + 1) / 4 / M_PI);
    return y * sqrt(factorials(n, m));
}

/* Real parts of level n, order m; the imaginary ones follow. */
static double *row(const struct harmonics *h, int64_t n, int64_t m)
{
    return h->table + (n * n + n + m) * 2 * h->points;
}

static void fill_point(const struct harmonics *h, int64_t v, double azimuth, double polar)
{
    for (int64_t n = 0; n < h->levels; n++)
        for (int64_t m = -n; m <= n; m++) {
            double y = upright(n, m, cos(polar)), *to = row(h, n, m) + v;
            to[0] = y * cos((double)m * azimuth);
            to[h->points] = y * sin((double)m * azimuth);
        }
}

bool harmonics_create(const double (*point)[3], int64_t points, double radius, int64_t levels,
                      struct harmonics *out, struct err *e)
{
    *out = (struct harmonics){.points = points, .levels = levels};
    out->table = mem_big((size_t)points * 2, (size_t)(levels * levels) * sizeof *out->table, e);
    out->work = mem_big((size_t)levels, sizeof *out->work * 4 * LANES, e);
    if (!out->table || !out->work)
        return false;
    for (int64_t v = 0; v < points; v++)
        fill_point(out, v, acos(point[v][2] / radius), atan2(point[v][1], point[v][0]));
    return true;
}

void harmonics_free(struct harmonics *h)
{
    mem_big_free(h->table);
    mem_big_free(h->work);
    h->table = h->work = NULL;
}

/* c = sum over the points of pattern x Y: real parts of the lanes, then imaginary parts. */
SIMD_CLONES
static void coefficient(const double *y, int64_t points, const double *pattern, double *c)
{
    double re[LANES] = {0}, im[LANES] = {0};
    for (int64_t v = 0; v < points; v++)
        for (int l = 0; l < LANES; l++) {
            re[l] += pattern[v * LANES + l] * y[v];
            im[l] += pattern[v * LANES + l] * y[points + v];
        }
    for (int l = 0; l < LANES; l++) {
        c[l] = re[l];
        c[LANES + l] = im[l];
    }
}

/* Sum over the points of g^2, g = sum over the orders of c Y; y: of the lowest order. */
SIMD_CLONES
static void sum_of_squares(const double *y, int64_t points, const double *c, int64_t orders,
                           double *re, double *im)
{
    for (int64_t v = 0; v < points; v++) {
        double g_re[LANES] = {0}, g_im[LANES] = {0};
        for (int64_t m = 0; m < orders; m++) {
            const double *c_re = c + m * 2 * LANES, *c_im = c_re + LANES;
            double y_re = y[m * 2 * points + v], y_im = y[(m * 2 + 1) * points + v];
            for (int l = 0; l < LANES; l++) {
                g_re[l] += c_re[l] * y_re - c_im[l] * y_im;
                g_im[l] += c_re[l] * y_im + c_im[l] * y_re;
            }
        }
        for (int l = 0; l < LANES; l++) {
            re[l] += g_re[l] * g_re[l] - g_im[l] * g_im[l];
            im[l] += g_re[l] * g_im[l] + g_im[l] * g_re[l];
        }
    }
}

void harmonics_norms(const struct harmonics *h, const double *pattern, double *norm)
{
    for (int64_t n = 0; n < h->levels; n++) {
        double re[LANES] = {0}, im[LANES] = {0};
        for (int64_t m = -n; m <= n; m++)
            coefficient(row(h, n, m), h->points, pattern, h->work + (m + n) * 2 * LANES);
        sum_of_squares(row(h, n, -n), h->points, h->work, 2 * n + 1, re, im);
        for (int l = 0; l < LANES; l++)
            norm[n * LANES + l] = creal(csqrt(CMPLX(re[l], im[l])));
    }
}
