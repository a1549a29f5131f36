/* How pyradiomics' co-occurrence matrices lie in memory, which is the order in which NumPy adds
 * their cells up. It follows from how pyradiomics has cut the array of all matrices: taking absent
 * levels out turns rows and columns over, unless exactly one is absent; taking one empty direction
 * out turns them back; taking several out, or having a single matrix, makes the cells of a matrix
 * neighbours in memory, so that they are added up pairwise (of several kernels: only when rows and
 * columns are not turned over). */
#ifndef RADMILL_ENGINE_FEATURES_GLCM_LAYOUT_H
#define RADMILL_ENGINE_FEATURES_GLCM_LAYOUT_H

#include "engine/features/family.h"
#include "engine/matrices/codes.h"
#include "engine/matrices/directions.h"

struct glcm_layout {
    int32_t n;         /* levels that have a row and a column */
    int32_t *position; /* [n_codes + 1]: row of a code, from 0 */
    bool by_column;    /* cells of a column are neighbours, not those of a row */
    bool contiguous;   /* the cells of one matrix lie together */
    bool single;       /* there is one matrix only */
};

/* merged: weights make one matrix of all directions. Errors: ERR_FAILED without memory. Release
 * with glcm_layout_close. */
bool glcm_layout_open(struct glcm_layout *l, const struct family_input *in,
                      const struct codes *codes, const struct directions *directions, bool merged,
                      struct err *e);
void glcm_layout_close(struct glcm_layout *l);

#endif
