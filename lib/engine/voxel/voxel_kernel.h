/* The neighbourhood of one voxel as a small ROI of its own, for voxel mode. */
#ifndef RADMILL_ENGINE_VOXEL_KERNEL_H
#define RADMILL_ENGINE_VOXEL_KERNEL_H

#include "engine/discretise/levels.h"

struct kernel {
    const struct response *whole; /* borrowed; whole->mask: the voxels that count */
    const struct levels *levels;  /* of all of them, borrowed */
    int64_t radius[3];
    struct response response; /* the kernel's part of both */
    struct levels part;
    uint32_t *whole_level; /* levels per voxel of the whole box */
    bool beside;           /* whole_level is another kernel's */
    double *value;         /* of the kernel's voxels that count, one after the other */
    uint32_t *level;       /* likewise */
    uint8_t *mask;         /* of the kernel's box */
    int64_t *count;
};

/* radius per axis in voxels. Release with kernel_close. */
bool kernel_open(struct kernel *k, const struct response *whole, const struct levels *levels,
                 const int64_t radius[3], struct err *e);
void kernel_close(struct kernel *k);

/* A second kernel on the voxels of another, for another thread; `of` stays open longer. */
bool kernel_open_beside(struct kernel *k, const struct kernel *of, struct err *e);

/* Moves to a voxel, in indices of the whole response: response and part are then its kernel, with
 * the level count of the whole. */
void kernel_move(struct kernel *k, const int64_t at[3]);

#endif
