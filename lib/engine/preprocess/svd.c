/* The decomposition follows Golub and Kahan's algorithm step by step as LINPACK's dsvdc documents
 * it (Dongarra, Bunch, Moler, Stewart: LINPACK Users' Guide, 1979, chapter 11; public domain):
 * Householder bidiagonalisation, then implicit QR sweeps. The order of operations is part of the
 * result. Vectors are columns; indices count from 0. */
#include "engine/preprocess/svd.h"

#include <math.h>

enum { N = SVD_MAX, MAX_SWEEPS = 999 };

/* Euclidean norm by scaled squares, in the order of the elements. */
static double norm(const double *x, int n)
{
    if (n == 1)
        return fabs(x[0]);
    double scale = 0, sum = 1;
    for (int i = 0; i < n; i++) {
        double a = fabs(x[i]);
        if (a == 0)
            continue;
        if (scale < a) {
            sum = 1 + sum * ((scale / a) * (scale / a));
            scale = a;
        } else {
            sum += (a / scale) * (a / scale);
        }
    }
    return scale * sqrt(sum);
}

static double dot(const double *x, const double *y, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

static void add_scaled(double *y, double a, const double *x, int n)
{
    for (int i = 0; i < n; i++)
        y[i] += a * x[i];
}

static void scale(double *x, double a, int n)
{
    for (int i = 0; i < n; i++)
        x[i] = a * x[i];
}

/* Turns x[0..n) into a Householder vector; returns minus its signed norm. */
static double reflect(double *x, int n)
{
    double length = norm(x, n);
    if (length != 0) {
        if (x[0] != 0)
            length = copysign(length, x[0]);
        scale(x, 1 / length, n);
        x[0] += 1;
    }
    return -length;
}

/* y reflected by the Householder vector x. */
static void apply(const double *x, double *y, int n)
{
    double t = -dot(x, y, n) / x[0];
    add_scaled(y, t, x, n);
}

static void reduce_row(struct svd *d, int l)
{
    const int n = d->n, next = l + 1, rest = n - next;
    d->e[l] = reflect(&d->e[next], rest);
    if (d->e[l] != 0) {
        double work[N] = {0};
        for (int j = next; j < n; j++)
            add_scaled(&work[next], d->e[j], &d->x[j][next], rest);
        for (int j = next; j < n; j++)
            add_scaled(&d->x[j][next], -d->e[j] / d->e[next], &work[next], rest);
    }
    for (int i = next; i < n; i++)
        d->v[l][i] = d->e[i];
}

static void bidiagonalise(struct svd *d)
{
    const int n = d->n;
    for (int l = 0; l < n - 1; l++) {
        d->s[l] = reflect(&d->x[l][l], n - l);
        for (int j = l + 1; j < n; j++) {
            if (d->s[l] != 0)
                apply(&d->x[l][l], &d->x[j][l], n - l);
            d->e[j] = d->x[j][l];
        }
        for (int i = l; i < n; i++)
            d->u[l][i] = d->x[l][i];
        if (l < n - 2)
            reduce_row(d, l);
    }
    d->s[n - 1] = d->x[n - 1][n - 1];
    if (n >= 2)
        d->e[n - 2] = d->x[n - 1][n - 2];
    d->e[n - 1] = 0;
}

static void unit_column(double *column, int n, int one)
{
    for (int i = 0; i < n; i++)
        column[i] = i == one;
}

static void accumulate_u(struct svd *d)
{
    const int n = d->n;
    unit_column(d->u[n - 1], n, n - 1);
    for (int l = n - 2; l >= 0; l--) {
        if (d->s[l] == 0) {
            unit_column(d->u[l], n, l);
            continue;
        }
        for (int j = l + 1; j < n; j++)
            apply(&d->u[l][l], &d->u[j][l], n - l);
        scale(&d->u[l][l], -1, n - l);
        d->u[l][l] += 1;
        for (int i = 0; i < l; i++)
            d->u[l][i] = 0;
    }
}

static void accumulate_v(struct svd *d)
{
    const int n = d->n;
    for (int l = n - 1; l >= 0; l--) {
        if (l < n - 2 && d->e[l] != 0)
            for (int j = l + 1; j < n; j++)
                apply(&d->v[l][l + 1], &d->v[j][l + 1], n - l - 1);
        unit_column(d->v[l], n, l);
    }
}

struct turn {
    double cosine, sine;
};

/* The plane rotation that takes (*a, b) to (*a, 0). */
static struct turn turn_to_zero(double *a, double b)
{
    double sign_of = fabs(*a) > fabs(b) ? *a : b, size = fabs(*a) + fabs(b);
    if (size == 0) {
        *a = 0;
        return (struct turn){1, 0};
    }
    double r = size * sqrt((*a / size) * (*a / size) + (b / size) * (b / size));
    r = copysign(1, sign_of) * r;
    struct turn t = {*a / r, b / r};
    *a = r;
    return t;
}

static void turn_columns(double *x, double *y, int n, struct turn t)
{
    for (int i = 0; i < n; i++) {
        double turned = t.cosine * x[i] + t.sine * y[i];
        y[i] = t.cosine * y[i] - t.sine * x[i];
        x[i] = turned;
    }
}

/* s[last] is negligible. */
static void deflate(struct svd *d, int first, int last)
{
    double f = d->e[last - 1];
    d->e[last - 1] = 0;
    for (int k = last - 1; k >= first; k--) {
        struct turn t = turn_to_zero(&d->s[k], f);
        if (k != first) {
            f = -t.sine * d->e[k - 1];
            d->e[k - 1] = t.cosine * d->e[k - 1];
        }
        turn_columns(d->v[k], d->v[last], d->n, t);
    }
}

/* s[first - 1] is negligible. */
static void split(struct svd *d, int first, int last)
{
    double f = d->e[first - 1];
    d->e[first - 1] = 0;
    for (int k = first; k <= last; k++) {
        struct turn t = turn_to_zero(&d->s[k], f);
        f = -t.sine * d->e[k];
        d->e[k] = t.cosine * d->e[k];
        turn_columns(d->u[k], d->u[first - 1], d->n, t);
    }
}

static double sweep_shift(const struct svd *d, int first, int last, double *g)
{
    double unit =
        fmax(fmax(fmax(fmax(fabs(d->s[last]), fabs(d->s[last - 1])), fabs(d->e[last - 1])),
                  fabs(d->s[first])),
             fabs(d->e[first]));
    double sm = d->s[last] / unit, smm1 = d->s[last - 1] / unit, emm1 = d->e[last - 1] / unit;
    double sl = d->s[first] / unit, el = d->e[first] / unit;
    double b = ((smm1 + sm) * (smm1 - sm) + emm1 * emm1) / 2, c = (sm * emm1) * (sm * emm1);
    double shift = 0;
    if (b != 0 || c != 0) {
        shift = sqrt(b * b + c);
        if (b < 0)
            shift = -shift;
        shift = c / (b + shift);
    }
    *g = sl * el;
    return (sl + sm) * (sl - sm) + shift;
}

static void sweep(struct svd *d, int first, int last)
{
    double g, f = sweep_shift(d, first, last, &g), *s = d->s, *e = d->e;
    for (int k = first; k < last; k++) {
        struct turn t = turn_to_zero(&f, g);
        if (k != first)
            e[k - 1] = f;
        f = t.cosine * s[k] + t.sine * e[k];
        e[k] = t.cosine * e[k] - t.sine * s[k];
        g = t.sine * s[k + 1];
        s[k + 1] = t.cosine * s[k + 1];
        turn_columns(d->v[k], d->v[k + 1], d->n, t);
        t = turn_to_zero(&f, g);
        s[k] = f;
        f = t.cosine * e[k] + t.sine * s[k + 1];
        s[k + 1] = -t.sine * e[k] + t.cosine * s[k + 1];
        g = t.sine * e[k + 1];
        e[k + 1] = t.cosine * e[k + 1];
        turn_columns(d->u[k], d->u[k + 1], d->n, t);
    }
    e[last - 1] = f;
}

static void swap_columns(double *x, double *y, int n)
{
    for (int i = 0; i < n; i++) {
        double t = x[i];
        x[i] = y[i];
        y[i] = t;
    }
}

/* s[l] has converged: make it positive and move it behind the larger ones. */
static void settle(struct svd *d, int l)
{
    if (d->s[l] < 0) {
        d->s[l] = -d->s[l];
        scale(d->v[l], -1, d->n);
    }
    for (; l < d->n - 1 && d->s[l] < d->s[l + 1]; l++) {
        swap_columns(&d->s[l], &d->s[l + 1], 1);
        swap_columns(d->v[l], d->v[l + 1], d->n);
        swap_columns(d->u[l], d->u[l + 1], d->n);
    }
}

static bool adds_nothing(double small, double to)
{
    return to + fabs(small) == to;
}

/* First superdiagonal element below `last`, going up, that is negligible; -1 when there is none. */
static int find_split(struct svd *d, int last)
{
    int l = last - 1;
    for (; l >= 0; l--) {
        if (adds_nothing(d->e[l], fabs(d->s[l]) + fabs(d->s[l + 1]))) {
            d->e[l] = 0;
            break;
        }
    }
    return l;
}

/* First negligible diagonal element from `last` up to above l; l when there is none. */
static int find_zero(struct svd *d, int l, int last)
{
    int k = last;
    for (; k > l; k--) {
        double test = 0;
        if (k != last)
            test += fabs(d->e[k]);
        if (k != l + 1)
            test += fabs(d->e[k - 1]);
        if (adds_nothing(d->s[k], test)) {
            d->s[k] = 0;
            break;
        }
    }
    return k;
}

static bool diagonalise(struct svd *d)
{
    int sweeps = 0;
    for (int last = d->n - 1; last >= 0;) {
        if (sweeps >= MAX_SWEEPS)
            return false;
        int l = find_split(d, last);
        if (l == last - 1) {
            settle(d, last);
            sweeps = 0;
            last--;
            continue;
        }
        int zero = find_zero(d, l, last);
        if (zero == l) {
            sweep(d, l + 1, last);
            sweeps++;
        } else if (zero == last) {
            deflate(d, l + 1, last);
        } else {
            split(d, zero + 1, last);
        }
    }
    return true;
}

bool svd_decompose(struct svd *d)
{
    bidiagonalise(d);
    accumulate_u(d);
    accumulate_v(d);
    return diagonalise(d);
}
