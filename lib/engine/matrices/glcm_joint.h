/* Co-occurrence counts of several directions by one increment per voxel.
 *
 * An increment is a read-modify-write of memory, which no instruction set makes faster; only fewer
 * of them are. So for few grey levels the codes of a voxel and of its k neighbours make one symbol,
 * symbols are counted, and the matrix of each direction is a marginal of that histogram. */
#ifndef RADMILL_ENGINE_MATRICES_GLCM_JOINT_H
#define RADMILL_ENGINE_MATRICES_GLCM_JOINT_H

#include "engine/matrices/codes.h"

enum { GLCM_JOINT_MOST = 9 };

struct glcm_joint {
    const struct codes *codes; /* borrowed; one byte each */
    int most;         /* neighbours in one symbol, 2..9; 0: this method would not be faster */
    uint32_t *count;  /* two histograms used alternately, so that equal symbols in a row need not
                         wait for each other's store */
    uint16_t *symbol; /* of one run */
};

/* Decides by levels and voxels whether symbols pay, and makes room. Errors: ERR_FAILED without
 * memory. Release with glcm_joint_close. */
bool glcm_joint_open(struct glcm_joint *g, const struct codes *c, struct err *e);
void glcm_joint_close(struct glcm_joint *g);

/* Adds the pairs of directions 0..n - 1 (index steps), n <= most, to table[k][(codes + 1)^2]. */
void glcm_joint_add(struct glcm_joint *g, const int64_t *step, int n, uint32_t *const *table);

#endif
