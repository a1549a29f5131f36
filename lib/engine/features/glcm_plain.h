/* The entropies and the correlation of a co-occurrence matrix in pyradiomics' own order of
 * operations, for matrices where round-off decides: nearly independent levels (Imc1, Imc2: 0,
 * undefined, or noise divided by almost nothing), a single row or column (Correlation: 1 or 0). */
#ifndef RADMILL_ENGINE_FEATURES_GLCM_PLAIN_H
#define RADMILL_ENGINE_FEATURES_GLCM_PLAIN_H

#include "engine/features/glcm_layout.h"
#include "engine/matrices/cells.h"

struct glcm_plain {
    struct glcm_layout layout;
    const uint32_t *level; /* borrowed: grey level per code */
    int32_t n_codes;
    bool weighted;        /* cells are probabilities, not counts */
    struct cells columns; /* of one matrix, sorted by column */
    double *row, *col;    /* its marginal probabilities per code */
    double *buffer;       /* of a pairwise sum */
};

/* As glcm_layout_open. Errors: ERR_FAILED without memory. Release with glcm_plain_close. */
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
