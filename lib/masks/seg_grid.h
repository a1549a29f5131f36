/* Where the frames of a segmentation lie on a grid. */
#ifndef RADMILL_MASKS_SEG_GRID_H
#define RADMILL_MASKS_SEG_GRID_H

#include "shim/dicom_seg.h"
#include "vol/grid.h"

/* Pixel (c, r) of a frame is voxel start + c * column_step + r * row_step. */
struct seg_place {
    bool found;
    int64_t start, column_step, row_step;
    struct box box; /* of the whole frame */
};

/* true when the frame is one whole slice of the grid, in any of the three directions and either
 * way round: each of its corners is a corner of the slice within REGRID_SAME. */
bool seg_find_place(const struct seg *s, size_t frame, const struct grid *g, struct seg_place *out);

/* No pixel of the frame belongs to the segment. row: room for s->columns. */
bool seg_is_empty(const struct seg *s, size_t frame, int64_t segment, uint8_t *row);

/* The frames of a segment as a volume of their own: slices by position along the normal, missing
 * ones empty. *voxel: release with mem_big_free; NULL with a text in `reason` when the frames form
 * no volume (directions or spacings differ, slices unevenly spaced). Error: out of memory. */
bool seg_volume(const struct seg *s, int64_t segment, struct grid *g, uint8_t **voxel, char *reason,
                size_t room, struct err *e);

/* Why a segment's frames do not lie on the grid, in words. */
void seg_explain(const struct seg *s, int64_t segment, const struct grid *g, char *text,
                 size_t room);

#endif
