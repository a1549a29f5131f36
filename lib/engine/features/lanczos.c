#include "engine/features/lanczos.h"

#include "base/mem.h"
#include "base/simd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = LANCZOS_LANES, MOST_STEPS = 300, FIRST_CHECK = 4 };
#define RESIDUAL 1e-10

struct tridiagonal {
    int k;
    double diagonal[MOST_STEPS], beside[MOST_STEPS];
};

SIMD_CLONES_512 double lanczos_dot(const double *a, const double *b, int64_t n)
{
    double sum[LANES] = {0};
    for (int64_t i = 0; i < n; i += LANES)
        for (int j = 0; j < LANES; j++)
            sum[j] += a[i + j] * b[i + j];
    return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

SIMD_CLONES_512 static void subtract(double *restrict a, double factor, const double *restrict b,
                                     int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        a[i] -= factor * b[i];
}

static void scale(double *x, double factor, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        x[i] *= factor;
}

/* Is an eigenvalue larger than each x? By the signs of Sturm's sequence. */
SIMD_CLONES_512 static void any_larger(const struct tridiagonal *t, const double x[LANES],
                                       double larger[LANES])
{
    double d[LANES];
    for (int j = 0; j < LANES; j++)
        larger[j] = 0, d[j] = 1;
    for (int i = 0; i < t->k; i++) {
        double square = i ? t->beside[i - 1] * t->beside[i - 1] : 0;
        for (int j = 0; j < LANES; j++) {
            double next = t->diagonal[i] - x[j] - square / d[j];
            d[j] = next == 0 ? 1e-300 : next;
            larger[j] = d[j] > 0 ? 1 : larger[j];
        }
    }
}

/* Between 0 and 1, in ninths. */
static double largest_eigenvalue(const struct tridiagonal *t)
{
    double lo = 0, hi = 1 + 1e-9;
    while (hi - lo > 4e-15) {
        double x[LANES], larger[LANES], width = hi - lo;
        for (int j = 0; j < LANES; j++)
            x[j] = lo + width * ((j + 1) / (LANES + 1.0));
        any_larger(t, x, larger);
        int below = 0;
        while (below < LANES && larger[below] > 0)
            below++;
        hi = below < LANES ? x[below] : hi;
        lo = below > 0 ? x[below - 1] : lo;
    }
    return 0.5 * (lo + hi);
}

/* Unit eigenvector for the largest eigenvalue theta, by inverse iteration. The pivots of
 * T - (theta + a little) are all negative, so no exchange of rows is needed. */
static void eigenvector(const struct tridiagonal *t, double theta, double *v)
{
    double pivot[MOST_STEPS], shift = theta + 1e-14;
    for (int i = 0; i < t->k; i++)
        v[i] = 1;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < t->k; i++) {
            double f = i ? t->beside[i - 1] / pivot[i - 1] : 0;
            pivot[i] = fmin(t->diagonal[i] - shift - (i ? f * t->beside[i - 1] : 0), -1e-300);
            v[i] -= i ? f * v[i - 1] : 0;
        }
        double most = 0, square = 0;
        for (int i = t->k - 1; i >= 0; i--) {
            v[i] = (v[i] - (i + 1 < t->k ? t->beside[i] * v[i + 1] : 0)) / pivot[i];
            most = fmax(most, fabs(v[i]));
        }
        for (int i = 0; i < t->k; i++) {
            v[i] /= most;
            square += v[i] * v[i];
        }
        scale(v, 1 / sqrt(square), t->k);
    }
}

/* Makes x orthogonal to the known vector and to k vectors of the basis; returns its length.
 * Twice: one round loses orthogonality as soon as an eigenvector has converged. */
static double orthogonalise(const struct lanczos *l, double *x, const double *basis, int k)
{
    for (int round = 0; round < 2; round++) {
        subtract(x, lanczos_dot(x, l->known, l->n), l->known, l->n);
        for (int i = 0; i < k; i++)
            subtract(x, lanczos_dot(x, basis + i * l->n, l->n), basis + i * l->n, l->n);
    }
    return sqrt(lanczos_dot(x, x, l->n));
}

/* Steps until the residual of the largest eigenvalue is small; v: its vector in the basis. */
static void steps(const struct lanczos *l, double *basis, int most, struct tridiagonal *t,
                  double *v)
{
    for (int check = FIRST_CHECK;;) {
        double *x = basis + t->k * l->n, *y = x + l->n;
        l->apply(l->self, x, y);
        t->diagonal[t->k] = lanczos_dot(x, y, l->n);
        t->beside[t->k] = orthogonalise(l, y, basis, t->k + 1);
        t->k++;
        bool end = t->k == most || t->beside[t->k - 1] < RESIDUAL;
        if (end || t->k >= check) {
            check = t->k + (t->k / 4 > 2 ? t->k / 4 : 2);
            eigenvector(t, largest_eigenvalue(t), v);
            if (end || t->beside[t->k - 1] * fabs(v[t->k - 1]) < RESIDUAL)
                return;
        }
        scale(y, 1 / t->beside[t->k - 1], l->n);
    }
}

bool lanczos(const struct lanczos *l, double *vector, bool *found, struct err *e)
{
    struct tridiagonal t = {0};
    double v[MOST_STEPS];
    int most = l->dimensions < MOST_STEPS ? (int)l->dimensions : MOST_STEPS;
    *found = false;
    if (most < 1)
        return true;
    double *basis = mem_big((size_t)((most + 1) * l->n), sizeof *basis, e);
    if (!basis)
        return false;
    memcpy(basis, vector, (size_t)l->n * sizeof *basis);
    double length = 0;
    for (int round = 0; round < 2; round++) { /* little may be left after the first */
        length = orthogonalise(l, basis, NULL, 0);
        scale(basis, length > 0 ? 1 / length : 0, l->n);
    }
    if (length > 0) {
        steps(l, basis, most, &t, v);
        memset(vector, 0, (size_t)l->n * sizeof *vector);
        for (int i = 0; i < t.k; i++)
            subtract(vector, -v[i], basis + i * l->n, l->n);
        *found = true;
    }
    mem_big_free(basis);
    return true;
}
