/* Co-occurrence matrices of a few voxels with a few grey levels: a kernel of voxel mode, thousands
 * of which are counted one after the other.
 *
 * Such a matrix is mostly empty. Beside the counts of every direction stands, per row, the set of
 * its occupied columns as the bits of one word: cells are listed by walking along the bits, and the
 * same sets are the graph of levels that mcc_small.h asks for its parts. All directions are counted
 * in one pass; what lies outside has code 0 and is counted into row and column 0, which nobody
 * reads, so that no branch is missed at the ragged border of a kernel. */
#ifndef RADMILL_ENGINE_MATRICES_GLCM_SMALL_H
#define RADMILL_ENGINE_MATRICES_GLCM_SMALL_H

#include "engine/matrices/cells.h"
#include "engine/matrices/codes.h"
#include "engine/matrices/directions.h"

struct glcm_small {
    int32_t n;      /* codes are 1..n; 0: not opened */
    int directions; /* counted */
    bool symmetric; /* matrix + its transpose */
    uint64_t
        *partners;   /* [directions * (n + 1)] bit j of row i: cell (i, j) is not 0; bit 0: junk */
    uint16_t *count; /* [directions * (n + 1)^2] */
};

/* Is it small enough? At most 63 codes and 511 voxels. */
bool glcm_small_fits(const struct codes *c, const struct directions *d);

/* Counts all directions. Errors: ERR_FAILED without memory. Release with glcm_small_close. */
bool glcm_small_open(struct glcm_small *g, const struct codes *c, const struct directions *d,
                     bool symmetric, struct err *e);
void glcm_small_close(struct glcm_small *g);

/* The matrix of direction i. out is overwritten; empty without a pair. */
bool glcm_small_matrix(const struct glcm_small *g, int i, struct cells *out, struct err *e);

static inline const uint64_t *glcm_small_partners(const struct glcm_small *g, int i)
{
    return g->partners + (int64_t)i * (g->n + 1);
}

static inline const uint16_t *glcm_small_count(const struct glcm_small *g, int i)
{
    return g->count + (int64_t)i * (g->n + 1) * (g->n + 1);
}

#endif
