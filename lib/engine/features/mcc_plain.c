#include "engine/features/mcc_plain.h"

#include "base/mem.h"
#include "engine/features/eigenvalues.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#define EPS 0x1p-52

/* q (n x n) in pyradiomics' order: for each k, q(i, j) += p(i, k) p(j, k) / (px(i) py(k) + eps);
 * p: n x n probabilities. */
static void fill_q(const double *p, const double *px, const double *py, int32_t n, double *q)
{
    for (int32_t k = 0; k < n; k++)
        for (int32_t i = 0; i < n; i++)
            for (int32_t j = 0; j < n; j++)
                q[i * n + j] += p[i * n + k] * p[j * n + k] / (px[i] * py[k] + EPS);
}

static void fill_p(const struct mcc_matrix *m, double *p, double *px, double *py)
{
    for (int64_t k = 0; k < m->m->n; k++) {
        const struct cell *c = m->m->cell + k;
        double value = c->value / m->total;
        p[(int64_t)(c->row - 1) * m->n + c->col - 1] = value;
        px[c->row - 1] += value;
        py[c->col - 1] += value;
    }
}

/* LAPACK's balancing (dgebal) of a 2 x 2 matrix by powers of two; off-diagonals are not 0. */
static void balance(double q[4])
{
    bool again = true;
    while (again) {
        again = false;
        for (int i = 0; i < 2; i++) {
            double *beside = &q[i == 0 ? 1 : 2], *below = &q[i == 0 ? 2 : 1], f = 1;
            double c = hypot(q[3 * i], *below), r = hypot(q[3 * i], *beside), sum = c + r;
            for (; c < r / 2; f *= 2)
                c *= 2, r /= 2;
            for (; c / 2 >= r; f /= 2)
                c /= 2, r *= 2;
            if (c + r >= 0.95 * sum || f == 1)
                continue;
            *beside /= f;
            *below *= f;
            again = true;
        }
    }
}

/* The smaller eigenvalue by the formula of LAPACK's dlanv2. */
static double smaller_eigenvalue(double q[4])
{
    if (q[1] == 0 || q[2] == 0)
        return fmin(q[0], q[3]);
    balance(q);
    double a = q[0], b = q[1], c = q[2], d = q[3], p = 0.5 * (a - d);
    double most = fmax(fabs(b), fabs(c));
    double least = fmin(fabs(b), fabs(c)) * copysign(1, b) * copysign(1, c);
    double scale = fmax(fabs(p), most), z = p / scale * p + most / scale * least;
    if (z < 4 * DBL_EPSILON) /* nearly equal eigenvalues: no doubt about a sign */
        return 0.5 * (a + d) - sqrt(fmax(p * p + b * c, 0));
    z = p + copysign(sqrt(scale) * sqrt(z), p);
    return fmin(d + z, d - most / z * least);
}

double mcc_two_levels(const struct mcc_matrix *m)
{
    double p[4] = {0}, px[2] = {0}, py[2] = {0}, q[4] = {0};
    fill_p(m, p, px, py);
    fill_q(p, px, py, 2, q);
    return sqrt(smaller_eigenvalue(q));
}

/* The second of the eigenvalues sorted by real, then imaginary part, from above. */
static void second(const double *re, const double *im, int32_t n, double *x, double *y)
{
    int32_t first = 0, next = -1;
    for (int32_t k = 1; k < n; k++)
        if (re[k] > re[first] || (re[k] == re[first] && im[k] > im[first]))
            first = k;
    for (int32_t k = 0; k < n; k++)
        if (k != first && (next < 0 || re[k] > re[next] || (re[k] == re[next] && im[k] > im[next])))
            next = k;
    *x = re[next];
    *y = im[next];
}

bool mcc_general(const struct mcc_matrix *m, double *out, bool *found, struct err *e)
{
    size_t n = (size_t)m->n;
    double *p = mem_big(2 * n * n + 4 * n, sizeof *p, e);
    if (!p)
        return false;
    double *q = p + n * n, *px = q + n * n, *py = px + n, *re = py + n, *im = re + n, x, y;
    fill_p(m, p, px, py);
    fill_q(p, px, py, m->n, q);
    *found = eigenvalues(q, m->n, re, im);
    if (*found) {
        second(re, im, m->n, &x, &y);
        *out = y == 0 ? sqrt(x) : sqrt(0.5 * (hypot(x, y) + x)); /* real part of the root */
    }
    mem_big_free(p);
    return true;
}
