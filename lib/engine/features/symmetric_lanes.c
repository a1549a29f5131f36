#include "engine/features/symmetric_lanes.h"

#include "base/simd.h"

#include <math.h>
#include <stdbool.h>

/* Brackets end at this width; Laguerre's steps, which converge slowly at multiple eigenvalues only,
 * give way to halving after so many. */
#define WIDTH 4e-14
enum { MOST_STEPS = 60, MOST_LAGUERRE = 12 };

/* One number of all eight matrices. */
struct eight {
    quad q[QUADS];
};

struct tridiagonal {
    int n;
    struct eight diagonal[SYMMETRIC_MOST], square[SYMMETRIC_MOST]; /* squares of those beside */
};

#define EACH(w) for (int w = 0; w < QUADS; w++)

SIMD_PART struct eight *at(symmetric_element *a, int i, int j)
{
    return (struct eight *)(void *)a[i * (i + 1) / 2 + j];
}

SIMD_PART void take_root(quad *x)
{
    for (int k = 0; k < QUAD; k++)
        (*x)[k] = sqrt((*x)[k]);
}

#define LARGER(a, b)  QUAD_CHOOSE((a) > (b), a, b)
#define SMALLER(a, b) QUAD_CHOOSE((a) < (b), a, b)

/* The reflection that clears column k below k + 1: v, and what it is to be divided by. */
SIMD_PART void reflection(symmetric_element *a, int n, int k, struct eight *v, struct eight *half,
                          struct eight *square)
{
    EACH(w)
    {
        quad first = at(a, k + 1, k)->q[w], sum = first * first;
        for (int i = k + 2; i < n; i++) {
            v[i].q[w] = at(a, i, k)->q[w];
            sum += v[i].q[w] * v[i].q[w];
        }
        quad length = sum, zero = {0};
        take_root(&length);
        v[k + 1].q[w] = first + QUAD_CHOOSE(first < zero, -length, length);
        square->q[w] = sum;
        half->q[w] = sum + QUAD_CHOOSE(first < zero, -first, first) * length;
    }
}

/* p = A v of the rows and columns from `from` on. */
SIMD_PART void multiply(symmetric_element *a, int n, int from, const struct eight *v,
                        struct eight *p)
{
    for (int i = from; i < n; i++) {
        struct eight sum;
        EACH(w) sum.q[w] = at(a, i, i)->q[w] * v[i].q[w];
        for (int j = from; j < i; j++)
            EACH(w)
            {
                quad x = at(a, i, j)->q[w];
                sum.q[w] += x * v[j].q[w];
                p[j].q[w] += x * v[i].q[w];
            }
        p[i] = sum;
    }
}

/* A becomes H A H for the reflection H = 1 - v v' / half. */
SIMD_PART void reflect(symmetric_element *a, int n, int from, const struct eight *v,
                       const struct eight *half)
{
    struct eight p[SYMMETRIC_MOST];
    multiply(a, n, from, v, p);
    EACH(w)
    {
        quad zero = {0}, inverse = QUAD_KEEP(half->q[w] > zero, 1 / half->q[w]), dot = {0};
        for (int i = from; i < n; i++) {
            p[i].q[w] *= inverse;
            dot += p[i].q[w] * v[i].q[w];
        }
        dot *= 0.5 * inverse;
        for (int i = from; i < n; i++)
            p[i].q[w] -= dot * v[i].q[w];
    }
    for (int i = from; i < n; i++)
        for (int j = from; j <= i; j++)
            EACH(w) at(a, i, j)->q[w] -= v[i].q[w] * p[j].q[w] + p[i].q[w] * v[j].q[w];
}

SIMD_PART void tridiagonalise(symmetric_element *a, int n, struct tridiagonal *t)
{
    struct eight v[SYMMETRIC_MOST], half;
    t->n = n;
    for (int k = 0; k + 2 < n; k++) {
        t->diagonal[k] = *at(a, k, k);
        reflection(a, n, k, v, &half, &t->square[k + 1]);
        reflect(a, n, k + 1, v, &half);
    }
    for (int k = n > 2 ? n - 2 : 0; k < n; k++)
        t->diagonal[k] = *at(a, k, k);
    EACH(w)
    {
        t->square[0].q[w] = (quad){0};
        if (n > 1)
            t->square[n - 1].q[w] = at(a, n - 1, n - 2)->q[w] * at(a, n - 1, n - 2)->q[w];
    }
}

/* The pivots of x - sign T. All are positive when x is above its eigenvalues; then *step is how far
 * Laguerre's method goes down from x, which is never beyond the largest of them. All eight matrices
 * in one loop: a pivot waits for a division, and two quads wait at the same time. */
SIMD_PART void test_above(const struct tridiagonal *t, double sign, const struct eight *x,
                          quad_mask *above, struct eight *step)
{
    const quad zero = {0}, one = zero + 1;
    struct eight inverse = {{{0}}}, g = inverse, h = inverse, sum = inverse, squares = inverse;
    for (int k = 0; k < t->n; k++)
        EACH(w)
        {
            quad ratio = t->square[k].q[w] * inverse.q[w];
            quad pivot = x->q[w] - sign * t->diagonal[k].q[w] - ratio;
            above[w] &= pivot > zero;
            quad slope = one + ratio * g.q[w];
            quad bend = ratio * (h.q[w] - 2 * g.q[w] * g.q[w]);
            inverse.q[w] = 1 / pivot;
            g.q[w] = slope * inverse.q[w];
            h.q[w] = bend * inverse.q[w];
            sum.q[w] += g.q[w];
            squares.q[w] += g.q[w] * g.q[w] - h.q[w];
        }
    double n = t->n;
    EACH(w)
    {
        quad inside = (n - 1) * (n * squares.q[w] - sum.q[w] * sum.q[w]);
        inside = LARGER(inside, zero);
        take_root(&inside);
        step->q[w] = n / (sum.q[w] + inside);
    }
}

/* Brackets of the largest |eigenvalue|. */
struct brackets {
    struct eight lo, hi, x; /* x: where to look next */
    quad_mask open[QUADS];  /* brackets that are not yet narrow */
};

/* One look at x, from both ends of the spectrum. Where x is not known to be close to the upper end
 * of the bracket it is halved. A bracket that is narrow stays as it is: its value depends on no
 * other lane. */
SIMD_PART bool narrow(const struct tridiagonal *t, bool by_laguerre, struct brackets *b)
{
    const quad zero = {0};
    quad_mask above[QUADS], any = {0};
    struct eight up, down;
    EACH(w) above[w] = ~(quad_mask){0};
    test_above(t, 1, &b->x, above, &up);
    test_above(t, -1, &b->x, above, &down);
    EACH(w)
    {
        quad x = b->x.q[w];
        quad hi = b->hi.q[w] = QUAD_CHOOSE(above[w] & b->open[w], x, b->hi.q[w]);
        quad lo = b->lo.q[w] = QUAD_CHOOSE(~above[w] & b->open[w], x, b->lo.q[w]);
        quad least = SMALLER(up.q[w], down.q[w]), middle = 0.5 * (lo + hi);
        quad next = hi - LARGER(least, zero) - 0.5 * WIDTH;
        quad_mask steps = above[w] & (next > lo);
        b->x.q[w] = by_laguerre ? QUAD_CHOOSE(steps, next, middle) : middle;
        b->open[w] = hi - lo > zero + WIDTH;
        any |= b->open[w];
    }
    return any[0] | any[1] | any[2] | any[3];
}

SIMD_CLONES void symmetric_radius(symmetric_element *a, int n, double radius[SYMMETRIC_LANES])
{
    struct tridiagonal t;
    struct brackets b;
    tridiagonalise(a, n, &t);
    EACH(w)
    {
        b.lo.q[w] = (quad){0};
        b.hi.q[w] = b.x.q[w] = (quad){0} + 1 + 1e-12;
        b.open[w] = ~(quad_mask){0};
    }
    for (int k = 0; k < MOST_STEPS && narrow(&t, k < MOST_LAGUERRE, &b); k++)
        ;
    for (int l = 0; l < SYMMETRIC_LANES; l++)
        radius[l] = b.hi.q[l / QUAD][l % QUAD] - 0.5 * WIDTH;
}
