/* Co-occurrence of packed kernels, without matrices: every pair of neighbours adds to power sums of
 * i + j and |i - j| and to four small histograms, and whenever a count c becomes c + 1 the sum of
 * c log2 c grows by a known amount, so that entropies, too, are ready when the last pair is in. The
 * features of the directions follow from these sums side by side in lanes. */
#ifndef RADMILL_ENGINE_PACKED_PACKED_GLCM_H
#define RADMILL_ENGINE_PACKED_PACKED_GLCM_H

#include "engine/packed/packed_mcc.h"
#include "engine/packed/packed_sizes.h"

#include "base/simd.h"

enum { PACKED_SUMS = 2 * PACKED_LEVELS + 1, PACKED_GLCM_VALUES = 24 };

/* By direction, in lanes: sums over its pairs of neighbours. */
struct packed_pairs {
    int n; /* directions that have pairs */
    double pairs[PACKED_LANES];
    double power[4][PACKED_LANES]; /* of i + j: first to fourth */
    double apart[2][PACKED_LANES]; /* of |i - j|: first and second */
    double near[5][PACKED_LANES];  /* of what falls with |i - j|, by enum in packed_glcm.c */
    double squares[PACKED_LANES];  /* of the matrix' cells */
    double largest[PACKED_LANES];  /* cell */
    double logs[4][PACKED_LANES];  /* c log2 c: of the cells, rows, i + j and |i - j| */
    double value[PACKED_GLCM_VALUES][PACKED_LANES]; /* features */
};

struct packed_pairs_work {
    int stride;     /* of cell */
    uint16_t *cell; /* [stride * stride] counts of pairs i <= j, zero between directions */
    uint16_t row[PACKED_LEVELS + 1], add[PACKED_SUMS + 1], sub[PACKED_LEVELS + 1]; /* likewise */
    quad power_of[PACKED_SUMS + 1];                                                /* of a sum */
    quad near_of[PACKED_LEVELS + 1];      /* of a difference: id, idm, idn, idmn */
    quad apart_of[PACKED_LEVELS + 1];     /* likewise: |i - j|, its square, inverse variance, 0 */
    double more[2 * PACKED_VOXELS + 1];   /* (c + 1) log2 (c + 1) - c log2 c */
    quad more_cell[2][PACKED_VOXELS + 1]; /* when a cell and its mirror image have one pair more:
                                           * the same, the growth of their squares, the cell then;
                                           * [1]: of the diagonal, where c pairs are 2 c */
    struct packed_pairs pairs;
    struct mcc_pairs list[PACKED_DIRECTIONS]; /* of the directions in lanes */
    struct packed_mcc maximal;
};

/* ng: largest level. Errors: ERR_FAILED without memory. Release with packed_pairs_close. */
bool packed_pairs_open(struct packed_pairs_work *g, const struct packed_tables *t, int32_t ng,
                       struct err *e);
void packed_pairs_close(struct packed_pairs_work *g);

#endif
