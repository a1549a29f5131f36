/* Label volumes: which values occur, where, and the voxels of one of them. */
#ifndef RADMILL_MASKS_LABELS_H
#define RADMILL_MASKS_LABELS_H

#include "vol/volume.h"

enum { LABELS_MOST = 4095 };

struct label_value {
    int64_t value;     /* not 0 */
    int channel;       /* component of the voxels */
    struct box bounds; /* tight */
};

struct labels {
    struct grid grid;     /* of the file */
    struct volume voxels; /* of the box `held` */
    struct box held;
    bool shrunk;               /* the voxels are 1 where the only value is */
    struct label_value *value; /* sorted by channel, then value */
    size_t n;
};

/* Takes the voxels over (v is empty then, also after an error). ERR_REFUSED: a voxel holds no whole
 * number, or there are more than LABELS_MOST values. Release with labels_free. */
bool labels_find(struct volume *v, struct labels *out, struct err *e);

/* With a single value, keeps only the voxels of its box, one byte each, so that a folder of a
 * hundred masks fits into memory. With several values nothing happens. Error: out of memory. */
bool labels_shrink(struct labels *l, struct err *e);

void labels_free(struct labels *l);

/* The entry of a value, or NULL when no voxel has it. */
const struct label_value *labels_get(const struct labels *l, int64_t value, int channel);

/* The voxels of one value inside its bounds: out[box_voxels(&v->bounds)], 1 and 0. */
void labels_cut(const struct labels *l, const struct label_value *v, uint8_t *out);

#endif
