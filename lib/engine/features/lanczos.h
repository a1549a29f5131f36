/* The largest eigenvalue's vector of a symmetric operator with eigenvalues in [0, 1], apart from
 * one known vector: a few Lanczos steps with full reorthogonalisation. */
#ifndef RADMILL_ENGINE_FEATURES_LANCZOS_H
#define RADMILL_ENGINE_FEATURES_LANCZOS_H

#include "base/err.h"

#include <stdint.h>

enum { LANCZOS_LANES = 8 }; /* vectors are as long as a multiple of it, zeros at the end */

struct lanczos {
    void *self;
    void (*apply)(void *self, const double *x, double *y); /* y[n] = A x */
    int64_t n;                                             /* length of vectors, padded */
    int64_t dimensions;  /* of the space behind the known vector: as many steps end exactly */
    const double *known; /* unit vector that is left out */
};

/* vector  in: a start that is orthogonal to no eigenvector; out: the unit eigenvector, to a
 * residual of 1e-10 (the eigenvalue's error is smaller still) *found  false when there is nothing
 * but the known vector Errors: ERR_FAILED without memory. */
bool lanczos(const struct lanczos *l, double *vector, bool *found, struct err *e);

/* Sum of products: eight lanes, one fixed tree. */
double lanczos_dot(const double *a, const double *b, int64_t n);

#endif
