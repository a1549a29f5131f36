/* Maximal correlation coefficients of all directions of a kernel of voxel mode at once.
 *
 * A symmetric matrix of counts P with row sums r has the singular values of D^-1/2 P D^-1/2, D =
 * diag(r), and that matrix is symmetric: the coefficient is its second largest |eigenvalue|. The
 * largest is 1. Two ideas make this cheap:
 *
 * 1. It is exactly 1 when the graph of levels (an edge where two levels are a pair) falls into
 * parts (1 is a double eigenvalue) or has two sides between which all edges run (-1 is one). A
 * search on sets of 64 bits decides that for most directions of a small kernel.
 * 2. The others are solved eight at a time, one a lane, whatever their sizes: rows of zeros at the
 *    end add eigenvalues of 0. Without its known eigenvector, each matrix is made tridiagonal by
 *    reflections, then the largest |eigenvalue| is approached from above by Laguerre's steps inside
 *    a bracket that pivots without a sign change confirm (symmetric_lanes.h).
 *
 * The tiny number that pyradiomics adds to a divisor is left out: with the few voxels of a kernel
 * it moves the coefficient by less than 1e-12. */
#ifndef RADMILL_ENGINE_FEATURES_MCC_SMALL_H
#define RADMILL_ENGINE_FEATURES_MCC_SMALL_H

#include "engine/matrices/glcm_small.h"

/* g: symmetric, of 3 or more codes (of two, round-off decides about a value: mcc_plain.h).
 * out[g->directions]: 0 for a matrix of one row or none. Errors: ERR_FAILED without memory. */
bool mcc_small(const struct glcm_small *g, double *out, struct err *e);

#endif
