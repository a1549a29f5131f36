/* The maximal correlation coefficient from all eigenvalues of Q, where the short way of mcc.c would
 * not give pyradiomics' value. */
#ifndef RADMILL_ENGINE_FEATURES_MCC_PLAIN_H
#define RADMILL_ENGINE_FEATURES_MCC_PLAIN_H

#include "engine/matrices/cells.h"

/* Cells of a matrix with n rows and columns and its marginals, in units of the cells. */
struct mcc_matrix {
    const struct cells *m;
    int32_t n;
    double total;
    const double *row, *col; /* [n + 1] */
};

/* Two levels: operation by operation as NumPy and LAPACK do it, because the sign that round-off
 * gives to a second eigenvalue of 0 decides between 0 and undefined (NaN). */
double mcc_two_levels(const struct mcc_matrix *p);

/* Any number of levels by a general solver: for weights so small that eps outweighs products of
 * marginals, where Q is no longer similar to a symmetric matrix. NaN for a negative second
 * eigenvalue. *found: false when the iteration did not end. Errors: ERR_FAILED without memory. */
bool mcc_general(const struct mcc_matrix *p, double *out, bool *found, struct err *e);

#endif
