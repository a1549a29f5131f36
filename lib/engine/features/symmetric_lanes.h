/* The spectral radius of eight small symmetric matrices at once, one a lane. No lane's arithmetic
 * depends on another's, and nothing on the instruction set. */
#ifndef RADMILL_ENGINE_FEATURES_SYMMETRIC_LANES_H
#define RADMILL_ENGINE_FEATURES_SYMMETRIC_LANES_H

#include "base/simd.h"

enum { SYMMETRIC_LANES = 8, SYMMETRIC_MOST = 64 };

/* Element (i, j), j <= i, of the matrix in lane l is a[i * (i + 1) / 2 + j][l]. */
typedef double symmetric_element[SYMMETRIC_LANES];

/* Matrices without elements but on the diagonal and beside it. */
struct tridiagonal {
    int n;
    struct eight diagonal[SYMMETRIC_MOST];
    struct eight square[SYMMETRIC_MOST]; /* of the element between rows i - 1 and i; [0]: 0 */
};

/* a is overwritten; 64-byte aligned. n: rows, 1..SYMMETRIC_MOST; no |eigenvalue| is above 1 (but
 * for round-off). radius[l]: to 1e-13. */
void symmetric_radius(symmetric_element *a, int n, double radius[SYMMETRIC_LANES]);

/* Its two parts. The first makes t, whose eigenvalues are those of a. */
void symmetric_tridiagonal(symmetric_element *a, int n, struct tridiagonal *t);
void symmetric_extreme(const struct tridiagonal *t, double radius[SYMMETRIC_LANES]);

#endif
