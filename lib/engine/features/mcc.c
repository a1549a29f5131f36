#include "engine/features/mcc.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 300 };
#define EPS       0x1p-52
#define TOLERANCE 1e-10 /* of the residual; the eigenvalue's error is smaller still */

struct lanczos {
    const struct cells *m;
    int32_t n;
    const double *scale_row, *scale_col; /* 1 / sqrt of the marginals, 0 for empty ones */
    const double *first;                 /* unit vector of the known singular value 1 */
    double *middle;                      /* [n + 1] */
    double *basis;                       /* MOST_STEPS + 1 vectors of n + 1 */
    double alpha[MOST_STEPS], beta[MOST_STEPS];
};

static double dot(const double *a, const double *b, int32_t n)
{
    double sum = 0;
    for (int32_t i = 1; i <= n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void subtract(double *a, double factor, const double *b, int32_t n)
{
    for (int32_t i = 1; i <= n; i++)
        a[i] -= factor * b[i];
}

/* y = B B' x */
static void apply(struct lanczos *l, const double *x, double *y)
{
    const struct cells *m = l->m;
    size_t bytes = ((size_t)l->n + 1) * sizeof(double);
    memset(l->middle, 0, bytes);
    memset(y, 0, bytes);
    for (int64_t k = 0; k < m->n; k++)
        l->middle[m->cell[k].col] +=
            m->cell[k].value * (x[m->cell[k].row] * l->scale_row[m->cell[k].row]);
    for (int32_t j = 1; j <= l->n; j++)
        l->middle[j] *= l->scale_col[j] * l->scale_col[j];
    for (int64_t k = 0; k < m->n; k++)
        y[m->cell[k].row] += m->cell[k].value * l->middle[m->cell[k].col];
    for (int32_t i = 1; i <= l->n; i++)
        y[i] *= l->scale_row[i];
}

/* How many eigenvalues of the leading k x k tridiagonal matrix are larger than x (Sturm). */
static int larger(const struct lanczos *l, int k, double x)
{
    int count = 0;
    double d = 1;
    for (int i = 0; i < k; i++) {
        d = l->alpha[i] - x - (i ? l->beta[i - 1] * l->beta[i - 1] / d : 0);
        if (d == 0)
            d = 1e-300;
        count += d > 0;
    }
    return count;
}

static double largest_eigenvalue(const struct lanczos *l, int k)
{
    double lo = 0, hi = 1 + 1e-9;
    for (int i = 0; i < 60; i++) {
        double x = 0.5 * (lo + hi);
        if (larger(l, k, x))
            lo = x;
        else
            hi = x;
    }
    return 0.5 * (lo + hi);
}

/* Unit eigenvector of the tridiagonal matrix for its largest eigenvalue, by inverse iteration. The
 * pivots of T - (theta + tiny) are all negative, so no exchange of rows is needed. */
static void tridiagonal_vector(const struct lanczos *l, int k, double theta, double *v)
{
    double pivot[MOST_STEPS], shift = theta + 1e-15;
    for (int i = 0; i < k; i++)
        v[i] = 1;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < k; i++) {
            double f = i ? l->beta[i - 1] / pivot[i - 1] : 0;
            pivot[i] = l->alpha[i] - shift - (i ? f * l->beta[i - 1] : 0);
            if (pivot[i] > -1e-300)
                pivot[i] = -1e-300;
            v[i] -= i ? f * v[i - 1] : 0;
        }
        double norm = 0;
        for (int i = k - 1; i >= 0; i--) {
            v[i] = (v[i] - (i + 1 < k ? l->beta[i] * v[i + 1] : 0)) / pivot[i];
            norm = fmax(norm, fabs(v[i]));
        }
        double length = 0;
        for (int i = 0; i < k; i++)
            length += v[i] / norm * (v[i] / norm);
        for (int i = 0; i < k; i++)
            v[i] /= norm * sqrt(length);
    }
}

/* A start that meets every eigenvector: fixed, irregular, positive and negative. */
static void start(const struct lanczos *l, double *x)
{
    uint64_t bits = 88172645463325252ull;
    for (int32_t i = 1; i <= l->n; i++) {
        bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
        x[i] = l->scale_row[i] > 0 ? (double)(bits >> 11) * 0x1p-52 - 1 : 0;
    }
}

/* Removes the known vector and the basis so far, twice for full orthogonality; returns the length.
 */
static double orthogonalise(const struct lanczos *l, double *x, int k)
{
    for (int round = 0; round < 2; round++) {
        subtract(x, dot(x, l->first, l->n), l->first, l->n);
        for (int i = 0; i < k; i++) {
            const double *b = l->basis + (int64_t)i * (l->n + 1);
            subtract(x, dot(x, b, l->n), b, l->n);
        }
    }
    return sqrt(dot(x, x, l->n));
}

static void normalise(double *x, double length, int32_t n)
{
    for (int32_t i = 1; i <= n; i++)
        x[i] /= length;
}

/* The eigenvector u of B B' behind `first`, into u; false when there is none. */
static bool second_vector(struct lanczos *l, int32_t rows, double *u)
{
    double v[MOST_STEPS];
    int64_t room = (int64_t)l->n + 1;
    int k = 0, most = rows - 1 < MOST_STEPS ? rows - 1 : MOST_STEPS;
    start(l, l->basis);
    for (int round = 0; round < 2; round++) { /* twice: little may be left after the first */
        double length = orthogonalise(l, l->basis, 0);
        if (most < 1 || length == 0)
            return false;
        normalise(l->basis, length, l->n);
    }
    while (k < most) {
        double *x = l->basis + k * room, *y = x + room;
        apply(l, x, y);
        l->alpha[k] = dot(x, y, l->n);
        l->beta[k] = orthogonalise(l, y, k + 1);
        k++;
        tridiagonal_vector(l, k, largest_eigenvalue(l, k), v);
        if (l->beta[k - 1] * fabs(v[k - 1]) < TOLERANCE)
            break;
        normalise(y, l->beta[k - 1], l->n);
    }
    memset(u, 0, (size_t)room * sizeof *u);
    for (int i = 0; i < k; i++)
        subtract(u, -v[i], l->basis + i * room, l->n);
    return true;
}

/* y' Q x for x = Dx^-1/2 u, y = Dx^1/2 u, with the eps of Q's definition. */
static double rayleigh(const struct lanczos *l, double total, const double *row, const double *col,
                       const double *u)
{
    const struct cells *m = l->m;
    memset(l->middle, 0, ((size_t)l->n + 1) * sizeof *l->middle);
    for (int64_t k = 0; k < m->n; k++)
        l->middle[m->cell[k].col] +=
            m->cell[k].value * (u[m->cell[k].row] * l->scale_row[m->cell[k].row]);
    double sum = 0;
    for (int64_t k = 0; k < m->n; k++) {
        uint32_t i = m->cell[k].row, j = m->cell[k].col;
        sum += u[i] * sqrt(row[i]) * m->cell[k].value * l->middle[j] /
               (row[i] * col[j] + EPS * total * total);
    }
    return sum / dot(u, u, l->n);
}

static int32_t scales(const double *marginal, int32_t n, double *scale)
{
    int32_t occupied = 0;
    for (int32_t i = 1; i <= n; i++) {
        scale[i] = marginal[i] > 0 ? 1 / sqrt(marginal[i]) : 0;
        occupied += marginal[i] > 0;
    }
    return occupied;
}

bool mcc(const struct cells *m, int32_t n, double total, const double *row, const double *col,
         double *out, struct err *e)
{
    size_t room = (size_t)n + 1;
    int32_t steps = n < MOST_STEPS ? n : MOST_STEPS;
    double *memory = mem_array(room * ((size_t)steps + 6), sizeof *memory, e);
    if (!memory)
        return false;
    double *scale_row = memory, *scale_col = memory + room, *first = memory + 2 * room;
    double *u = memory + 3 * room;
    struct lanczos l = {.m = m,
                        .n = n,
                        .scale_row = scale_row,
                        .scale_col = scale_col,
                        .first = first,
                        .middle = memory + 4 * room,
                        .basis = memory + 5 * room};
    int32_t rows = scales(row, n, scale_row), cols = scales(col, n, scale_col);
    for (int32_t i = 1; i <= n; i++)
        first[i] = sqrt(row[i] / total);
    bool found = cols > 1 && second_vector(&l, rows, u);
    double square = found ? rayleigh(&l, total, row, col, u) : 0;
    *out = square > 0 ? sqrt(square) : 0;
    free(memory);
    return true;
}
