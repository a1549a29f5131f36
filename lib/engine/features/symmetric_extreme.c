/* The largest |eigenvalue| of tridiagonal matrices T, from above: the largest eigenvalue of T or
 * -T, whichever side seems to have it, and a look at the other side in the end. At a place x the
 * determinants of the leading parts of x - T follow from each other without a division, and all are
 * positive exactly when x is above every eigenvalue. Their first two derivatives give Laguerre's
 * step, which ends above the largest eigenvalue or, as far as can be seen, on it. So the next place
 * is a little below that end: when it is found to lie below the eigenvalue, the bracket is nearly
 * closed. At multiple eigenvalues each step is a constant share of the one before, and their sum is
 * guessed. What has not converged after some steps is halved. */
#include "engine/features/symmetric_lanes.h"

#include <math.h>
#include <stdbool.h>

/* Brackets end at this width; Laguerre's steps give way to halving after so many looks. */
#define WIDTH   4e-14
#define HIGHEST (1 + 1e-12) /* where they begin */
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

/* The determinants of x - sign T, from the first row on. Is x above all eigenvalues of sign T? How
 * far does Laguerre's method go down then? */
SIMD_PART void look(const struct tridiagonal *t, const struct eight *sign, const struct eight *x,
                    quad_mask above[QUADS], struct eight *step)
{
    const quad zero = {0}, one = zero + 1;
    struct determinant even[QUADS], odd[QUADS];
    quad_mask negative[QUADS];
    EACH(w)
    {
        odd[w] = (struct determinant){zero, zero, zero};
        even[w] = (struct determinant){one, zero, zero};
        if (t->n % 2) {
            odd[w] = even[w];
            even[w].value = x->q[w] - sign->q[w] * t->diagonal[0].q[w];
            even[w].slope = one;
        }
        negative[w] = (quad_mask)even[w].value;
    }
    for (int k = t->n % 2; k < t->n; k += 2)
        EACH(w)
        {
            quad less = x->q[w] - sign->q[w] * t->diagonal[k].q[w];
            add_row(&odd[w], &even[w], &less, &t->square[k].q[w]);
            less = x->q[w] - sign->q[w] * t->diagonal[k + 1].q[w];
            add_row(&even[w], &odd[w], &less, &t->square[k + 1].q[w]);
            negative[w] |= (quad_mask)odd[w].value | (quad_mask)even[w].value;
            if ((k & (SCALE_ROWS - 2)) == 0) {
                quad factor = QUAD_CHOOSE(even[w].value < one * SMALL, one * SCALE, one);
                scale(&odd[w], &factor);
                scale(&even[w], &factor);
            }
        }
    EACH(w)
    {
        step_of(&even[w], t->n, &step->q[w]);
        step->q[w] = LARGER(step->q[w], zero);
        above[w] = (negative[w] >= 0) & (even[w].value > zero);
    }
}

/* Brackets of the largest eigenvalue of sign T. */
struct brackets {
    struct eight sign;
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
    quad_mask above[QUADS], any = {0};
    struct eight step;
    look(t, &b->sign, &b->x, above, &step);
    EACH(w)
    {
        quad x = b->x.q[w], zero = {0};
        quad hi = b->hi.q[w] = QUAD_CHOOSE(above[w] & b->open[w], x, b->hi.q[w]);
        quad lo = b->lo.q[w] = QUAD_CHOOSE(~above[w] & b->open[w], x, b->lo.q[w]);
        sum_up(&step.q[w], &b->before.q[w], looks > FEW);
        quad middle = 0.5 * (lo + hi), down = x - step.q[w] - 0.5 * WIDTH;
        quad up = lo + b->reach.q[w];
        b->reach.q[w] = QUAD_CHOOSE(above[w], zero + WIDTH, 16 * b->reach.q[w]);
        quad next = QUAD_CHOOSE(above[w], down, SMALLER(up, middle));
        b->x.q[w] = looks < MOST_LAGUERRE ? QUAD_CHOOSE(next > lo, next, middle) : middle;
        b->open[w] = hi - lo > zero + 1.01 * WIDTH;
        any |= b->open[w];
    }
    return any[0] | any[1] | any[2] | any[3];
}

/* Looks at 1 from both sides. That of the shorter step is likely to have the larger |eigenvalue|.
 */
SIMD_PART void begin(const struct tridiagonal *t, struct brackets *b)
{
    struct eight one, step[2];
    quad_mask above[QUADS];
    for (int side = 0; side < 2; side++) {
        EACH(w)
        {
            one.q[w] = (quad){0} + (side ? -1 : 1);
            b->x.q[w] = (quad){0} + HIGHEST;
        }
        look(t, &one, &b->x, above, &step[side]);
    }
    EACH(w)
    {
        quad zero = {0}, first = SMALLER(step[0].q[w], step[1].q[w]);
        b->sign.q[w] = QUAD_CHOOSE(step[0].q[w] <= step[1].q[w], zero + 1, zero - 1);
        b->lo.q[w] = zero - WIDTH; /* so that 0 lies within */
        b->hi.q[w] = zero + HIGHEST;
        b->before.q[w] = first;
        b->x.q[w] = b->hi.q[w] - first;
        b->reach.q[w] = zero + WIDTH;
        b->open[w] = ~(quad_mask){0};
    }
}

/* Where the other side has an eigenvalue above what was found, that one is looked for. */
SIMD_PART bool turn(const struct tridiagonal *t, struct brackets *b)
{
    quad_mask above[QUADS], any = {0};
    struct eight step;
    EACH(w) b->sign.q[w] = -b->sign.q[w];
    look(t, &b->sign, &b->hi, above, &step);
    EACH(w)
    {
        quad zero = {0};
        b->open[w] = ~above[w];
        b->lo.q[w] = QUAD_CHOOSE(above[w], b->lo.q[w], b->hi.q[w]);
        b->hi.q[w] = QUAD_CHOOSE(above[w], b->hi.q[w], zero + HIGHEST);
        b->x.q[w] = b->hi.q[w];
        b->before.q[w] = zero + INFINITY;
        b->reach.q[w] = zero + WIDTH;
        any |= b->open[w];
    }
    return any[0] | any[1] | any[2] | any[3];
}

SIMD_CLONES void symmetric_extreme(const struct tridiagonal *t, double radius[SYMMETRIC_LANES])
{
    struct brackets b;
    begin(t, &b);
    for (int side = 0; side < 2; side++) {
        for (int k = 0; k < MOST_LOOKS && narrow(t, k, &b); k++)
            ;
        if (side || !turn(t, &b))
            break;
    }
    EACH(w) b.x.q[w] = 0.5 * (b.lo.q[w] + b.hi.q[w]);
    for (int l = 0; l < SYMMETRIC_LANES; l++)
        radius[l] = b.x.q[l / QUAD][l % QUAD];
}
