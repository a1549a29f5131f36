/* A mask cut to the box that holds it: what set operations and margins work on, so that a small
 * organ in a large image costs what the organ costs. */
#ifndef RADMILL_BOOLMASK_REGION_H
#define RADMILL_BOOLMASK_REGION_H

#include "vol/volume.h"

/* Zero-initialise: an empty region. Release with region_free. */
struct region {
    struct box box;
    uint8_t *voxel; /* box_voxels(&box) bytes, x fastest, 1 inside and 0 outside; NULL: empty box */
};

enum region_op { REGION_UNION, REGION_INTERSECTION, REGION_SUBTRACT, REGION_XOR };

/* A region of zeroes. Error: out of memory. */
bool region_alloc(struct region *r, const struct box *box, struct err *e);
void region_free(struct region *r);

/* The voxels of a volume that are not 0, cut to their tight box. */
bool region_from_volume(const struct volume *v, struct region *out, struct err *e);

/* A copy of the part of r inside the box, 0 elsewhere in the box. */
bool region_cut(const struct region *r, const struct box *box, struct region *out, struct err *e);

/* a = a op b; REGION_SUBTRACT: a without b. */
bool region_combine(struct region *a, enum region_op op, const struct region *b, struct err *e);

bool region_is_empty(const struct region *r);

/* Sets the region's voxels in a zeroed mask of the grid: voxel[grid_voxels(g)]. */
void region_paste(const struct region *r, const struct grid *g, uint8_t *voxel);

/* The common part of two boxes; empty (sizes 0) when there is none. */
struct box box_meet(const struct box *a, const struct box *b);

#endif
