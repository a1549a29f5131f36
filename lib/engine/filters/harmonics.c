#include "engine/filters/harmonics.h"

#include "base/mem.h"

#include <math.h>
#include <string.h>

/* Associated Legendre function P_n^m(x) with the Condon-Shortley sign, by the recurrence in n. */
static double legendre(int64_t n, int64_t m, double x)
{
    double s = sqrt((1 - x) * (1 + x)), before = 0, value = 1;
    for (int64_t k = 1; k <= m; k++)
        value *= -(double)(2 * k - 1) * s;
    for (int64_t k = m + 1; k <= n; k++) {
        double next =
            ((double)(2 * k - 1) * x * value - (double)(k + m - 1) * before) / (double)(k - m);
        before = value;
        value = next;
    }
    return value;
}

/* sqrt((2n + 1) / (4 pi) * (n - m)! / (n + m)!) */
static double normalisation(int64_t n, int64_t m)
{
    double ratio = 1;
    for (int64_t k = n - m + 1; k <= n + m; k++)
        ratio /= (double)k;
    return sqrt((double)(2 * n + 1) / (4 * M_PI) * ratio);
}

/* Row of level n: n^2; then order m > 0: real at 2m - 1, imaginary at 2m. */
static double *row(const struct harmonics *h, int64_t n, int64_t part)
{
    return h->table + (n * n + part) * h->points;
}

static void fill_point(const struct harmonics *h, int64_t v, double alpha, double beta)
{
    for (int64_t n = 0; n < h->levels; n++)
        for (int64_t m = 0; m <= n; m++) {
            double y = normalisation(n, m) * legendre(n, m, cos(beta));
            row(h, n, m ? 2 * m - 1 : 0)[v] = y * cos((double)m * alpha);
            if (m > 0)
                row(h, n, 2 * m)[v] = y * sin((double)m * alpha);
        }
}

bool harmonics_create(const double (*point)[3], int64_t points, double radius, int64_t levels,
                      struct harmonics *out, struct err *e)
{
    *out = (struct harmonics){.points = points, .levels = levels};
    out->table = mem_big((size_t)points, (size_t)(levels * levels) * sizeof *out->table, e);
    if (!out->table)
        return false;
    for (int64_t v = 0; v < points; v++) {
        double z = point[v][2] / radius;
        fill_point(out, v, acos(z), atan2(point[v][1], point[v][0]));
    }
    return true;
}

void harmonics_free(struct harmonics *h)
{
    mem_big_free(h->table);
    h->table = NULL;
}

static double product(const double *a, const double *b, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

void harmonics_norms(const struct harmonics *h, const double *pattern, double *scratch,
                     double *norm)
{
    for (int64_t n = 0; n < h->levels; n++) {
        memset(scratch, 0, (size_t)h->points * sizeof *scratch);
        for (int64_t part = 0; part <= 2 * n; part++) {
            const double *y = row(h, n, part);
            /* Re(C Y) = Re C Re Y - Im C Im Y */
            double c = product(pattern, y, h->points) * (part == 0 ? 1 : part % 2 ? 2 : -2);
            for (int64_t v = 0; v < h->points; v++)
                scratch[v] += c * y[v];
        }
        norm[n] = sqrt(product(scratch, scratch, h->points));
    }
}
