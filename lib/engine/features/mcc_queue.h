/* Maximal correlation coefficients of many small symmetric matrices of counts.
 *
 * A symmetric matrix of counts P with row sums r has the singular values of D^-1/2 P D^-1/2, D =
 * diag(r), and that matrix is symmetric: the coefficient is its second largest |eigenvalue|. The
 * largest is 1. Two ideas make this cheap:
 *
 * 1. It is exactly 1 when the graph of levels (an edge where two levels are a pair) falls into
 *    parts (1 is a double eigenvalue) or has two sides between which all edges run (-1 is one).
 *    Counting edges or a search on sets of 64 bits decides that for most matrices of a small
 *    kernel.
 * 2. The others wait until there are eight of one size, which are solved together, one a lane
 *    (symmetric_lanes.h): the known eigenvector is taken away and the spectral radius of the rest
 *    is the coefficient. What a lane gives does not depend on the others, so that it does not
 *    matter which matrices come together.
 *
 * The tiny number that pyradiomics adds to a divisor is left out: with the few voxels of a kernel
 * it moves the coefficient by less than 1e-12. */
#ifndef RADMILL_ENGINE_FEATURES_MCC_QUEUE_H
#define RADMILL_ENGINE_FEATURES_MCC_QUEUE_H

#include "base/err.h"

#include <stdint.h>

enum {
    MCC_CODES = 63, /* levels are 1..MCC_CODES */
    MCC_PAIRS = 511,
};

/* The pairs of levels that a matrix counts, together with their mirror images. */
struct mcc_pairs {
    int n;
    int n_apart;                                /* of them, of two different levels */
    uint64_t levels;                            /* bit k: level k occurs */
    uint16_t row[MCC_CODES + 1];                /* sums of the rows of the levels that occur */
    uint8_t i[MCC_PAIRS + 1], j[MCC_PAIRS + 1]; /* [n] each, i <= j */
};

struct mcc_queue;

/* NULL and *e without memory. Close with mcc_queue_close (NULL is fine). */
struct mcc_queue *mcc_queue_open(struct err *e);
void mcc_queue_close(struct mcc_queue *q);

/* *out: 0 for a matrix of one row or none. It may be written now or by a later call of
 * mcc_queue_add, and is at the latest by mcc_queue_flush. */
void mcc_queue_add(struct mcc_queue *q, const struct mcc_pairs *pairs, double *out);
void mcc_queue_flush(struct mcc_queue *q);

#endif
