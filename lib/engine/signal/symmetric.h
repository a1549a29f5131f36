/* Eigenvalues and eigenvectors of small symmetric matrices, by Jacobi's rotations. */
#ifndef RADMILL_ENGINE_SIGNAL_SYMMETRIC_H
#define RADMILL_ENGINE_SIGNAL_SYMMETRIC_H

/* m is destroyed. value[i], descending, belongs to the unit vector vector[i], whose component of
 * the largest size is positive. */
void symmetric_eigen(double m[3][3], double value[3], double vector[3][3]);

#endif
