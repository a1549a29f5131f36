/* Measurements of a mask, taken when it is made so that it need not be read again. */
#ifndef RADMILL_MASKS_MEASURE_H
#define RADMILL_MASKS_MEASURE_H

#include "vol/grid.h"

struct mask_measure {
    int64_t voxels;
    double volume_ml;
    struct box bounds;   /* tight; empty without voxels */
    bool touches_border; /* a voxel lies at an end of an axis that is longer than one voxel */
};

/* voxel: grid_voxels bytes, 0 or 1, all ones within `within`. */
struct mask_measure mask_measure(const struct grid *g, const uint8_t *voxel,
                                 const struct box *within);

/* Zeroes the voxels of a box. */
void mask_clear(const struct grid *g, uint8_t *voxel, const struct box *box);

/* The whole of a grid. */
struct box mask_everywhere(const struct grid *g);

#endif
