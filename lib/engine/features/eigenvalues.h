/* All eigenvalues of a small real matrix without symmetry. */
#ifndef RADMILL_ENGINE_FEATURES_EIGENVALUES_H
#define RADMILL_ENGINE_FEATURES_EIGENVALUES_H

#include <stdbool.h>

/* Reduction to Hessenberg form by elimination, then QR steps with double shifts (Wilkinson and
 * Reinsch, Handbook for Automatic Computation II, contributions 13 and 14).
 * a     n x n, row by row; destroyed
 * re, im  [n] the eigenvalues, in no order
 * false when an eigenvalue needs more than 60 steps. */
bool eigenvalues(double *a, int n, double *re, double *im);

#endif
