/* The voxels of one label on a grid, kept as the bytes of the box that holds them. The only type
 * for such masks.
 */
#ifndef RADMILL_VOL_LABEL_MASK_H
#define RADMILL_VOL_LABEL_MASK_H

#include "base/err.h"
#include "vol/grid.h"

/* The voxels of one label. `in` holds the tight box only, so that work and memory follow the ROI
 * and not the image. */
struct label_mask {
    struct grid grid; /* of the whole mask */
    struct box box;   /* tight, in indices of grid; all sizes 0 when no voxel is set */
    uint8_t *in;      /* box voxels, x fastest, 1 = inside; mem_big_free */
    int64_t n_voxels;
};

void label_mask_free(struct label_mask *m);

/* Voxels of a box of the mask's grid (it may reach beyond m->box): out[box_voxels(b)], 0 or 1. */
void label_mask_read(const struct label_mask *m, const struct box *b, uint8_t *out);

/* m becomes the tight mask of the set bytes in box b of g; `in` is borrowed, [box_voxels(b)]. */
bool label_mask_from(struct label_mask *m, const struct grid *g, const struct box *b,
                     const uint8_t *in, struct err *e);

#endif
