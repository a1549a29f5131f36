/* Everything that the co-occurrence features need of one matrix, from one pass over its cells and
 * short loops over the histograms of i, j, i + j and |i - j|. No logarithm of a probability is
 * taken per cell: for p = c / N, sum p log2 p = (sum c log2 c) / N - log2 N. */
#ifndef RADMILL_ENGINE_FEATURES_GLCM_SUMS_H
#define RADMILL_ENGINE_FEATURES_GLCM_SUMS_H

#include "engine/features/glcm_plain.h"
#include "engine/features/texture.h"

/* The values that occur, ascending, each with the sum of its cells: of the many sums and
 * differences that two levels may have, a small ROI has few. */
struct glcm_histogram {
    int64_t n;
    uint32_t *at;  /* [n] */
    double *count; /* [n], none is 0 */
};

struct glcm_sums {
    int32_t ng;   /* largest grey level */
    double total; /* N, sum of the cells */
    /* in units of the cells: divide by total */
    double *row, *col;         /* per code [n_codes + 1] */
    struct glcm_histogram add; /* of i + j */
    struct glcm_histogram sub; /* of |i - j| */
    double squares;            /* sum of squared cells */
    double largest;            /* cell */
    /* of probabilities */
    double mean_i, mean_j, variance_i, variance_j;
    double joint_entropy, entropy_i, entropy_j, add_entropy, sub_entropy;
    double product_entropy;   /* HXY2: of the product of the marginals */
    double joint_information; /* HXY1 */
    double correlation;
    double maximal_correlation; /* set by the features that need it */
    bool correlation_flat;      /* a single row or column */
};

struct glcm_work {
    struct xlogx xlogx;
    const uint32_t *level; /* borrowed: grey level per code */
    int32_t n_codes;
    const struct arithmetic *arithmetic;
    bool weighted; /* cells are weighted sums, which may be so small that eps shows */
    struct glcm_sums sums;
    double *memory;
    uint32_t *at; /* of both histograms */
};

/* Errors: ERR_FAILED without memory. Release with glcm_work_close. */
bool glcm_work_open(struct glcm_work *w, const struct codes *codes, int32_t ng,
                    const struct arithmetic *arithmetic, bool weighted, struct err *e);
void glcm_work_close(struct glcm_work *w);

/* Fills w->sums from a matrix that is not empty. Errors: ERR_FAILED without memory. */
bool glcm_sum(struct glcm_work *w, struct glcm_plain *plain, const struct cells *m, struct err *e);

#endif
