/* The entropies and the correlation of a co-occurrence matrix in pyradiomics' own order of
 * operations, for matrices where round-off decides: nearly independent levels (Imc1, Imc2: 0,
 * undefined, or noise divided by almost nothing), a single row or column (Correlation: 1 or 0).
 *
 * NumPy adds an array up in the order of its memory, and that order follows from how pyradiomics
 * has cut the array of all matrices: taking absent levels out turns rows and columns over, unless
 * exactly one is absent; taking one empty direction out turns them back; taking several out, or
 * having a single matrix, makes the cells of a matrix neighbours in memory, so that they are added
 * up pairwise. */
#ifndef RADMILL_ENGINE_FEATURES_GLCM_PLAIN_H
#define RADMILL_ENGINE_FEATURES_GLCM_PLAIN_H

#include "engine/features/family.h"
#include "engine/matrices/cells.h"
#include "engine/matrices/codes.h"
#include "engine/matrices/directions.h"

struct glcm_layout {
    int32_t n;         /* levels that have a row and a column */
    int32_t *position; /* [n_codes + 1]: row of a code, from 0 */
    bool by_column;    /* cells of a column are neighbours, not those of a row */
    bool contiguous;   /* the cells of one matrix lie together */
    bool single;       /* there is one matrix only */
};

struct glcm_plain {
    struct glcm_layout layout;
    const uint16_t *level; /* borrowed: grey level per code */
    int32_t n_codes;
    bool weighted;        /* cells are probabilities, not counts */
    struct cells columns; /* of one matrix, sorted by column */
    double *row, *col;    /* its marginal probabilities per code */
    double *buffer;       /* of a pairwise sum */
};

/* merged: weights make one matrix of all directions. Errors: ERR_FAILED without memory. Release
 * with glcm_plain_close. */
bool glcm_plain_open(struct glcm_plain *p, const struct family_input *in, const struct codes *codes,
                     const struct directions *directions, bool merged, struct err *e);
void glcm_plain_close(struct glcm_plain *p);

/* The sum of all cells. */
bool glcm_plain_total(struct glcm_plain *p, const struct cells *m, double *total, struct err *e);

struct glcm_entropies {
    double joint, i, j;
    double information; /* HXY1 */
    double product;     /* HXY2 */
};

/* total: of a matrix of counts. */
bool glcm_plain_entropies(struct glcm_plain *p, const struct cells *m, double total,
                          struct glcm_entropies *out, struct err *e);
bool glcm_plain_correlation(struct glcm_plain *p, const struct cells *m, double total, double *out,
                            struct err *e);

#endif
