/* Counts run lengths without searching the ends of runs (for glrlm.h).
 *
 * Every voxel has a position in its run: 1 for the first, then 2, ... If G(l) voxels of a code have
 * position l, G(l) - G(l + 1) runs have length l. Positions of a whole line follow from those of
 * the line before by a comparison and an addition, many voxels at a time; what remains is a
 * histogram. */
#ifndef RADMILL_ENGINE_MATRICES_GLRLM_POSITIONS_H
#define RADMILL_ENGINE_MATRICES_GLRLM_POSITIONS_H

#include "engine/matrices/codes.h"
#include "engine/matrices/directions.h"

struct glrlm_positions {
    const struct codes *codes;           /* borrowed */
    const struct directions *directions; /* borrowed */
    int64_t stride;                      /* positions 0..stride - 1 */
    uint32_t *count;                     /* [direction][code][position] */
    bool complete; /* no run was longer than a position of this width can count */

    void **state;     /* per direction: positions of the last line that each line continues */
    uint32_t *packed; /* pairs of directions: [pair][turn][code][4 + 4 bits], `turn` apart */
    int64_t code_stride, turn;
    uint16_t *index; /* in one turn: of the voxels of one line */
};

/* Counts all directions, of codes of one or two bytes; the components of each are -1, 0 or 1, the
 * first that is not 0 (z, y, x) positive. Errors: ERR_FAILED without memory. Release with
 * glrlm_positions_close. */
bool glrlm_positions_count(struct glrlm_positions *g, const struct codes *c,
                           const struct directions *d, struct err *e);
void glrlm_positions_close(struct glrlm_positions *g);

#endif
