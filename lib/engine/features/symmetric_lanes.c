/* The tridiagonal form, by reflections from the last row on. A reflection wants the product of the
 * matrix with its vector, and the matrix is then changed by that product. The vector of the next
 * reflection is the last row of the changed matrix: when that row is changed first, the other rows
 * are changed and multiplied with the next vector in one pass, two rows at a time, so that each
 * element is read and written once a reflection. */
#include "engine/features/symmetric_lanes.h"

#define EACH(w) for (int w = 0; w < QUADS; w++)

SIMD_PART struct eight *at(symmetric_element *a, int i, int j)
{
    return (struct eight *)(void *)a[i * (i + 1) / 2 + j];
}

/* A becomes (1 - v v' / half) A (1 - v v' / half), which is A - v p' - p v'. v and p stand side by
 * side and two reflections half a page apart: a processor takes addresses that differ by whole
 * pages for the same at first, and would wait. */
struct reflection {
    struct eight half;
    struct {
        struct eight v, p;
    } at[SYMMETRIC_MOST];
    char apart[2048 - sizeof(struct eight)];
};

/* The reflection that clears the n elements of a row but the last; returns their squares' sum. */
SIMD_PART void aim(struct eight *restrict row, int n, struct reflection *restrict r,
                   struct eight *square)
{
    EACH(w)
    {
        quad last = row[n - 1].q[w], sum = last * last, zero = {0};
        for (int j = 0; j < n - 1; j++) {
            r->at[j].v.q[w] = row[j].q[w];
            sum += row[j].q[w] * row[j].q[w];
        }
        quad length = sum;
        quad_root(&length);
        r->at[n - 1].v.q[w] = last + QUAD_CHOOSE(last < zero, -length, length);
        square->q[w] = sum;
        r->half.q[w] = sum + QUAD_CHOOSE(last < zero, -last, last) * length;
    }
}

/* From r->p = A v, n rows, to the p of the change. */
SIMD_PART void complete(struct reflection *r, int n)
{
    EACH(w)
    {
        quad zero = {0}, inverse = QUAD_KEEP(r->half.q[w] > zero, 1 / r->half.q[w]), dot = {0};
        for (int i = 0; i < n; i++) {
            r->at[i].p.q[w] *= inverse;
            dot += r->at[i].p.q[w] * r->at[i].v.q[w];
        }
        dot *= 0.5 * inverse;
        for (int i = 0; i < n; i++)
            r->at[i].p.q[w] -= dot * r->at[i].v.q[w];
    }
}

/* Changes row i. */
SIMD_PART void change_row(symmetric_element *a, int i, const struct reflection *r)
{
    struct eight *row = at(a, i, 0);
    for (int j = 0; j <= i; j++) {
        EACH(w)
        {
            row[j].q[w] -= r->at[i].v.q[w] * r->at[j].p.q[w] + r->at[i].p.q[w] * r->at[j].v.q[w];
        }
    }
}

/* What rows i and i + 1 need of a reflection. */
struct ends {
    quad v0, v1, p0, p1;
};

SIMD_PART void take_ends(const struct reflection *r, int i, int w, struct ends *to)
{
    to->v0 = r->at[i].v.q[w], to->v1 = r->at[i + 1].v.q[w];
    to->p0 = r->at[i].p.q[w], to->p1 = r->at[i + 1].p.q[w];
}

/* Rows i and i + 1: changed by `by`, if there is such, then multiplied with the vector of r. */
SIMD_PART void pass_two_rows(symmetric_element *a, int i, int w, const struct reflection *by,
                             struct reflection *restrict r)
{
    struct eight *restrict upper = at(a, i, 0), *restrict lower = at(a, i + 1, 0);
    const quad v0 = r->at[i].v.q[w], v1 = r->at[i + 1].v.q[w];
    quad sum0 = {0}, sum1 = {0};
    struct ends e;
    if (by)
        take_ends(by, i, w, &e);
    for (int j = 0; j < i; j++) {
        quad x0 = upper[j].q[w], x1 = lower[j].q[w], v = r->at[j].v.q[w];
        if (by) {
            quad by_v = by->at[j].v.q[w], by_p = by->at[j].p.q[w];
            upper[j].q[w] = x0 -= e.v0 * by_p + e.p0 * by_v;
            lower[j].q[w] = x1 -= e.v1 * by_p + e.p1 * by_v;
        }
        sum0 += x0 * v;
        sum1 += x1 * v;
        r->at[j].p.q[w] += x0 * v0 + x1 * v1;
    }
    quad top = upper[i].q[w], side = lower[i].q[w], end = lower[i + 1].q[w];
    if (by) {
        upper[i].q[w] = top -= e.v0 * e.p0 + e.p0 * e.v0;
        lower[i].q[w] = side -= e.v1 * e.p0 + e.p1 * e.v0;
        lower[i + 1].q[w] = end -= e.v1 * e.p1 + e.p1 * e.v1;
    }
    r->at[i].p.q[w] = sum0 + (top * v0 + side * v1);
    r->at[i + 1].p.q[w] = sum1 + (side * v0 + end * v1);
}

SIMD_PART void pass_first_row(symmetric_element *a, int w, const struct reflection *by,
                              struct reflection *r)
{
    quad x = at(a, 0, 0)->q[w];
    if (by)
        at(a, 0, 0)->q[w] = x -=
            by->at[0].v.q[w] * by->at[0].p.q[w] + by->at[0].p.q[w] * by->at[0].v.q[w];
    r->at[0].p.q[w] = x * r->at[0].v.q[w];
}

/* r->p = A v for the first n rows of A, which are changed by `by` before. */
SIMD_PART void pass(symmetric_element *a, int n, const struct reflection *by, struct reflection *r)
{
    EACH(w)
    {
        if (n % 2)
            pass_first_row(a, w, by, r);
        for (int i = n % 2; i < n; i += 2)
            pass_two_rows(a, i, w, by, r);
    }
}

SIMD_CLONES void symmetric_tridiagonal(symmetric_element *a, int n, struct tridiagonal *t)
{
    struct reflection both[2], *by = &both[0], *next = &both[1];
    t->n = n;
    t->square[0] = (struct eight){{{0}}};
    if (n > 2) {
        aim(at(a, n - 1, 0), n - 1, by, &t->square[n - 1]);
        pass(a, n - 1, NULL, by);
    }
    for (int m = n - 1; m >= 2; m--) {
        complete(by, m);
        change_row(a, m - 1, by);
        if (m == 2) {
            change_row(a, 0, by);
            break;
        }
        aim(at(a, m - 1, 0), m - 1, next, &t->square[m - 1]);
        pass(a, m - 1, by, next);
        struct reflection *swap = by;
        by = next;
        next = swap;
    }
    for (int i = 0; i < n; i++)
        t->diagonal[i] = *at(a, i, i);
    if (n > 1) {
        const struct eight *beside = at(a, 1, 0);
        EACH(w)
        {
            t->square[1].q[w] = beside->q[w] * beside->q[w];
        }
    }
}

void symmetric_radius(symmetric_element *a, int n, double radius[SYMMETRIC_LANES])
{
    struct tridiagonal t;
    symmetric_tridiagonal(a, n, &t);
    symmetric_extreme(&t, radius);
}
