/* Grey level run length matrices, one per direction (specification 6.4; IBSI 3.7).
 *
 * Cell (i, l) counts the maximal runs of l neighbouring ROI voxels of code i along the direction.
 * pyradiomics leaves out (here: empties) a direction along which no line of the box holds two or
 * more ROI voxels, whether they touch or not. */
#ifndef RADMILL_ENGINE_MATRICES_GLRLM_H
#define RADMILL_ENGINE_MATRICES_GLRLM_H

#include "engine/matrices/cells.h"
#include "engine/matrices/codes.h"
#include "engine/matrices/directions.h"
#include "engine/matrices/glrlm_positions.h"

struct glrlm {
    const struct codes *codes;           /* borrowed */
    const struct directions *directions; /* borrowed; components -1, 0, 1 */
    bool keeps_lone;                     /* below */
    int64_t longest;                     /* largest side of the box */
    struct glrlm_positions positions;    /* count NULL: runs are followed one by one */
    uint32_t *table; /* of one direction of a small ROI, or NULL: [(n + 1) * (longest + 1)] */
    uint64_t *key, *spare;
};

/* keeps_lone: a direction in which no line holds two voxels has its runs of one voxel, as in IBSI;
 * else it is empty. Errors: ERR_FAILED without memory. Release with glrlm_close. */
bool glrlm_open(struct glrlm *g, const struct codes *codes, const struct directions *directions,
                bool keeps_lone, struct err *e);

/* The matrix of direction i; out is overwritten. */
bool glrlm_matrix(struct glrlm *g, int i, struct cells *out, struct err *e);

void glrlm_close(struct glrlm *g);

#endif
