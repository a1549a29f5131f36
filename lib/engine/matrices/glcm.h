/* Grey level co-occurrence matrices, one per direction (specification 6.3; IBSI 3.6).
 *
 * Cell (i, j) counts the pairs of ROI voxels with code i at a voxel and code j one offset further.
 * Matrices are counted in groups of directions (one pass over the ROI each) and handed out one by
 * one, so that memory does not grow with the number of directions. */
#ifndef RADMILL_ENGINE_MATRICES_GLCM_H
#define RADMILL_ENGINE_MATRICES_GLCM_H

#include "engine/matrices/cells.h"
#include "engine/matrices/codes.h"
#include "engine/matrices/directions.h"
#include "engine/matrices/glcm_joint.h"
#include "engine/matrices/glcm_small.h"

/* Tables at a time: five stay in the cache; symbols give those of all their directions at once. */
enum { GLCM_GROUP = 5, GLCM_TABLES = GLCM_JOINT_MOST };

struct glcm {
    const struct codes *codes;           /* borrowed */
    const struct directions *directions; /* borrowed */
    bool symmetric;                      /* matrix + its transpose */
    int group;                           /* directions counted in one pass; 0: sorted pairs */
    int counted;                         /* first direction whose table is held, -1: none */
    uint32_t *table[GLCM_TABLES];        /* (n + 1)^2 each; row and column 0: outside */
    struct glcm_small small;             /* n > 0: holds all matrices */
    struct glcm_joint joint;             /* most > 0: tables are filled from symbols */
    uint64_t *key, *spare;
};

/* Errors: ERR_FAILED without memory. Release with glcm_close. */
bool glcm_open(struct glcm *g, const struct codes *codes, const struct directions *directions,
               bool symmetric, struct err *e);

/* The matrix of direction i; to be called in ascending order. out is overwritten; empty without a
 * pair. */
bool glcm_matrix(struct glcm *g, int i, struct cells *out, struct err *e);

void glcm_close(struct glcm *g);

#endif
