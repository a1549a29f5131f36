/* The largest |eigenvalue| of tridiagonal matrices T, from above. At a place x the determinants of
 * the leading parts of x - T and x + T follow from each other without a division, and all are
 * positive exactly when x is above every |eigenvalue|. Their first two derivatives give Laguerre's
 * step, which ends above the largest eigenvalue or, as far as can be seen, on it. So the next place
 * is a little below that end: when it is found to lie below the eigenvalue, the bracket is nearly
 * closed. At multiple eigenvalues each step is a constant share of the one before, and their sum is
 * guessed. What has not converged after some steps is halved. */
#include "engine/features/symmetric_lanes.h"

#include <math.h>
#include <stdbool.h>

/* Brackets end at this width; Laguerre's steps give way to halving after so many looks. */
#define WIDTH 4e-14
enum { FEW = 4, MOST_LAGUERRE = 14, MOST_LOOKS = 80 };

/* After a few steps the share can only be constant, if it is in this range. */
#define LEAST_SHARE 0.1
#define MOST_SHARE  0.9

/* Determinants shrink by less than 2^-60 a row, so that scaling once in eight rows is enough. */
enum { SCALE_ROWS = 8 };
#define SMALL 0x1p-300
#define SCALE 0x1p300

#define EACH(w)       for (int w = 0; w < QUADS; w++)
#define LARGER(a, b)  QUAD_CHOOSE((a) > (b), a, b)
#define SMALLER(a, b) QUAD_CHOOSE((a) < (b), a, b)

/* A determinant, its derivative and half its second one. */
struct determinant {
    quad value, slope, bend;
};

/* One row more: before and now become now and the next. less: x less its diagonal element; square:
 * of the element beside that. */
SIMD_PART void add_row(struct determinant *before, const struct determinant *now, const quad *less,
                       const quad *square)
{
    before->bend = *less * now->bend + now->slope - *square * before->bend;
    before->slope = *less * now->slope + now->value - *square * before->slope;
    before->value = *less * now->value - *square * before->value;
}

SIMD_PART void scale(struct determinant *d, const quad *factor)
{
    d->value *= *factor;
    d->slope *= *factor;
    d->bend *= *factor;
}

/* How far Laguerre's method goes down. */
SIMD_PART void step_of(const struct determinant *d, double n, quad *step)
{
    quad zero = {0}, g = d->slope / d->value, h = g * g - 2 * (d->bend / d->value);
    quad root = LARGER((n - 1) * (n * h - g * g), zero);
    quad_root(&root);
    *step = n / (g + root);
}

/* The determinants of x - sign T. Is x above all eigenvalues? */
SIMD_PART void test(const struct tridiagonal *t, int w, double sign, const quad *x,
                    quad_mask *above, quad *step)
{
    const quad zero = {0}, one = zero + 1;
    struct determinant even = {one, zero, zero}, odd = {zero, zero, zero};
    if (t->n % 2) {
        odd = even;
        even = (struct determinant){*x - sign * t->diagonal[0].q[w], one, zero};
    }
    quad_mask negative = (quad_mask)even.value;
    for (int k = t->n % 2; k < t->n; k += 2) {
        quad less = *x - sign * t->diagonal[k].q[w], more = *x - sign * t->diagonal[k + 1].q[w];
        add_row(&odd, &even, &less, &t->square[k].q[w]);
        add_row(&even, &odd, &more, &t->square[k + 1].q[w]);
        negative |= (quad_mask)odd.value | (quad_mask)even.value;
        if ((k & (SCALE_ROWS - 2)) == 0) {
            quad factor = QUAD_CHOOSE(even.value < one * SMALL, one * SCALE, one);
            scale(&odd, &factor);
            scale(&even, &factor);
        }
    }
    step_of(&even, t->n, step);
    *above = (negative >= 0) & (even.value > zero);
}

/* Is x above all |eigenvalues|? Then *step is the shorter of the steps of T and -T. */
SIMD_PART void look(const struct tridiagonal *t, int w, const quad *x, quad_mask *above, quad *step)
{
    const quad zero = {0};
    quad_mask above_down;
    quad step_down;
    test(t, w, 1, x, above, step);
    test(t, w, -1, x, &above_down, &step_down);
    *above &= above_down;
    *step = SMALLER(*step, step_down);
    *step = LARGER(*step, zero);
}

/* Brackets of the largest |eigenvalue|. */
struct brackets {
    struct eight lo, hi, x; /* x: where to look next */
    struct eight reach;     /* how far above lo, when x was below */
    struct eight before;    /* the last step */
    quad_mask open[QUADS];  /* brackets that are not yet narrow */
};

/* Where each step is the same share of the one before: all that are to come in one. */
SIMD_PART void sum_up(quad *step, quad *before, bool many)
{
    quad zero = {0}, share = *step / *before;
    quad_mask constant = (share > zero + LEAST_SHARE) & (share < zero + MOST_SHARE);
    *before = *step;
    if (many)
        *step /= 1 - QUAD_KEEP(constant, share);
}

/* One look at x. A bracket that is narrow stays as it is: its value depends on no other lane. */
SIMD_PART bool narrow(const struct tridiagonal *t, int looks, struct brackets *b)
{
    quad_mask any = {0};
    EACH(w)
    {
        quad x = b->x.q[w], zero = {0}, step;
        quad_mask above;
        look(t, w, &x, &above, &step);
        quad hi = b->hi.q[w] = QUAD_CHOOSE(above & b->open[w], x, b->hi.q[w]);
        quad lo = b->lo.q[w] = QUAD_CHOOSE(~above & b->open[w], x, b->lo.q[w]);
        sum_up(&step, &b->before.q[w], looks > FEW);
        quad middle = 0.5 * (lo + hi), down = x - step - 0.5 * WIDTH, up = lo + b->reach.q[w];
        b->reach.q[w] = QUAD_CHOOSE(above, zero + WIDTH, 16 * b->reach.q[w]);
        quad next = QUAD_CHOOSE(above, down, SMALLER(up, middle));
        b->x.q[w] = looks < MOST_LAGUERRE ? QUAD_CHOOSE(next > lo, next, middle) : middle;
        b->open[w] = hi - lo > zero + 1.01 * WIDTH;
        any |= b->open[w];
    }
    return any[0] | any[1] | any[2] | any[3];
}

SIMD_CLONES void symmetric_extreme(const struct tridiagonal *t, double radius[SYMMETRIC_LANES])
{
    struct brackets b;
    EACH(w)
    {
        b.lo.q[w] = (quad){0} - WIDTH; /* so that 0 lies within */
        b.hi.q[w] = b.x.q[w] = (quad){0} + 1 + 1e-12;
        b.reach.q[w] = (quad){0} + WIDTH;
        b.before.q[w] = (quad){0} + INFINITY;
        b.open[w] = ~(quad_mask){0};
    }
    for (int k = 0; k < MOST_LOOKS && narrow(t, k, &b); k++)
        ;
    EACH(w) b.x.q[w] = 0.5 * (b.lo.q[w] + b.hi.q[w]);
    for (int l = 0; l < SYMMETRIC_LANES; l++)
        radius[l] = b.x.q[l / QUAD][l % QUAD];
}
