/* Singular value decomposition of a matrix of two or three columns: X = U * diag(s) * V^T. */
#ifndef RADMILL_ENGINE_PREPROCESS_SVD_H
#define RADMILL_ENGINE_PREPROCESS_SVD_H

#include <stdbool.h>

enum { SVD_MAX = 3 };

/* Matrices are [column][row]; the first n rows and columns count. */
struct svd {
    int n;
    double x[SVD_MAX][SVD_MAX]; /* the matrix; lost on the way */
    double u[SVD_MAX][SVD_MAX], v[SVD_MAX][SVD_MAX];
    double s[SVD_MAX]; /* singular values, descending */
    double e[SVD_MAX]; /* superdiagonal while they converge */
};

/* From n and x, the rest zero. false: no convergence. */
bool svd_decompose(struct svd *d);

#endif
