#include "engine/features/eigenvalues.h"

#include <float.h>
#include <math.h>

enum { MOST_STEPS = 60 };

struct square {
    double *a;
    int n;
    double norm; /* sum of the magnitudes of the Hessenberg form */
};

static double *at(const struct square *m, int i, int j)
{
    return m->a + (long)i * m->n + j;
}

static void swap(double *a, double *b)
{
    double c = *a;
    *a = *b;
    *b = c;
}

/* Brings the largest element of column k below its diagonal to row k + 1, by a similarity. */
static void pivot(const struct square *m, int k)
{
    int largest = k + 1;
    for (int i = k + 2; i < m->n; i++)
        if (fabs(*at(m, i, k)) > fabs(*at(m, largest, k)))
            largest = i;
    if (largest == k + 1)
        return;
    for (int j = k; j < m->n; j++)
        swap(at(m, largest, j), at(m, k + 1, j));
    for (int i = 0; i < m->n; i++)
        swap(at(m, i, largest), at(m, i, k + 1));
}

static void to_hessenberg(const struct square *m)
{
    for (int k = 0; k + 2 < m->n; k++) {
        pivot(m, k);
        double x = *at(m, k + 1, k);
        for (int i = k + 2; i < m->n && x != 0; i++) {
            double y = *at(m, i, k) / x;
            if (y == 0)
                continue;
            for (int j = k + 1; j < m->n; j++)
                *at(m, i, j) -= y * *at(m, k + 1, j);
            for (int j = 0; j < m->n; j++)
                *at(m, j, k + 1) += y * *at(m, j, i);
            *at(m, i, k) = 0;
        }
    }
}

/* The first row of the block that ends with row `hi`: where a subdiagonal element is negligible. */
static int block_start(const struct square *m, int hi)
{
    int l = hi;
    for (; l > 0; l--) {
        double beside = fabs(*at(m, l - 1, l - 1)) + fabs(*at(m, l, l));
        if (fabs(*at(m, l, l - 1)) <= DBL_EPSILON * (beside > 0 ? beside : m->norm))
            break;
    }
    return l;
}

/* Both eigenvalues of the block of rows k, k + 1; t: sum of the shifts so far. */
static void pair(const struct square *m, int k, double t, double *re, double *im)
{
    double x = *at(m, k + 1, k + 1), p = 0.5 * (*at(m, k, k) - x);
    double w = *at(m, k + 1, k) * *at(m, k, k + 1), q = p * p + w, z = sqrt(fabs(q));
    if (q < 0) {
        re[k] = re[k + 1] = x + p + t;
        im[k] = z, im[k + 1] = -z;
        return;
    }
    z = p + copysign(z, p);
    re[k] = x + z + t;
    re[k + 1] = (z != 0 ? x - w / z : x + z) + t;
    im[k] = im[k + 1] = 0;
}

/* First column of (H - s1)(H - s2) for the shifts' sum x + y and product x y - w, from row k on. */
static void first_column(const struct square *m, int k, double x, double y, double w, double v[3])
{
    double r = x - *at(m, k, k), s = y - *at(m, k, k);
    v[0] = (r * s - w) / *at(m, k + 1, k) + *at(m, k, k + 1);
    v[1] = *at(m, k + 1, k + 1) - *at(m, k, k) - r - s;
    v[2] = *at(m, k + 2, k + 1);
    double size = fabs(v[0]) + fabs(v[1]) + fabs(v[2]);
    for (int i = 0; i < 3; i++)
        v[i] /= size;
}

/* Where two consecutive small subdiagonal elements let the step begin. */
static int step_start(const struct square *m, int lo, int hi, double x, double y, double w,
                      double v[3])
{
    int k = hi - 2;
    for (; k >= lo; k--) {
        first_column(m, k, x, y, w, v);
        if (k == lo)
            break;
        double left = fabs(*at(m, k, k - 1)) * (fabs(v[1]) + fabs(v[2]));
        double right = fabs(*at(m, k - 1, k - 1)) + fabs(*at(m, k, k)) + fabs(*at(m, k + 1, k + 1));
        if (left <= DBL_EPSILON * fabs(v[0]) * right)
            break;
    }
    return k;
}

/* The reflection that turns v to its first axis, applied to rows k.. from the left and to columns
 * k.. from the right. three: the block has a third row. */
static void reflect(const struct square *m, int k, int hi, bool three, const double v[3], double s)
{
    double x = v[0] / s + 1, y = v[1] / s, z = v[2] / s, q = v[1] / (v[0] + s),
           r = v[2] / (v[0] + s);
    for (int j = k; j <= hi; j++) {
        double p = *at(m, k, j) + q * *at(m, k + 1, j) + (three ? r * *at(m, k + 2, j) : 0);
        if (three)
            *at(m, k + 2, j) -= p * z;
        *at(m, k + 1, j) -= p * y;
        *at(m, k, j) -= p * x;
    }
    int last = k + 3 < hi ? k + 3 : hi;
    for (int i = 0; i <= last; i++) {
        double p = x * *at(m, i, k) + y * *at(m, i, k + 1) + (three ? z * *at(m, i, k + 2) : 0);
        if (three)
            *at(m, i, k + 2) -= p * r;
        *at(m, i, k + 1) -= p * q;
        *at(m, i, k) -= p;
    }
}

static void double_step(const struct square *m, int lo, int hi, double x, double y, double w)
{
    double v[3] = {0};
    int start = step_start(m, lo, hi, x, y, w, v);
    for (int i = start + 2; i <= hi; i++) {
        *at(m, i, i - 2) = 0;
        if (i > start + 2)
            *at(m, i, i - 3) = 0;
    }
    for (int k = start; k < hi; k++) {
        bool three = k < hi - 1;
        double size = 1;
        if (k > start) {
            v[0] = *at(m, k, k - 1), v[1] = *at(m, k + 1, k - 1);
            v[2] = three ? *at(m, k + 2, k - 1) : 0;
            size = fabs(v[0]) + fabs(v[1]) + fabs(v[2]);
            if (size == 0)
                continue;
            for (int i = 0; i < 3; i++)
                v[i] /= size;
        }
        double s = copysign(sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]), v[0]);
        if (s == 0)
            continue;
        if (k > start)
            *at(m, k, k - 1) = -s * size;
        else if (lo != start)
            *at(m, k, k - 1) = -*at(m, k, k - 1);
        reflect(m, k, hi, three, v, s);
    }
}

bool eigenvalues(double *a, int n, double *re, double *im)
{
    struct square m = {a, n, 0};
    double t = 0;
    to_hessenberg(&m);
    for (int i = 0; i < n; i++)
        for (int j = i > 0 ? i - 1 : 0; j < n; j++)
            m.norm += fabs(*at(&m, i, j));
    for (int hi = n - 1, step = 0; hi >= 0;) {
        int lo = block_start(&m, hi);
        if (lo == hi) {
            re[hi] = *at(&m, hi, hi) + t;
            im[hi--] = 0;
            step = 0;
            continue;
        }
        if (lo == hi - 1) {
            pair(&m, lo, t, re, im);
            hi -= 2;
            step = 0;
            continue;
        }
        if (step == MOST_STEPS)
            return false;
        double x = *at(&m, hi, hi), y = *at(&m, hi - 1, hi - 1);
        double w = *at(&m, hi, hi - 1) * *at(&m, hi - 1, hi);
        if (step % 10 == 9) { /* an exceptional shift breaks a cycle */
            t += x;
            for (int i = 0; i <= hi; i++)
                *at(&m, i, i) -= x;
            double s = fabs(*at(&m, hi, hi - 1)) + fabs(*at(&m, hi - 1, hi - 2));
            x = y = 0.75 * s;
            w = -0.4375 * s * s;
        }
        step++;
        double_step(&m, lo, hi, x, y, w);
    }
    return true;
}
