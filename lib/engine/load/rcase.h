/* One case as it was loaded: an image and the ROI of a mask (specification 2.2, 2.3).
 *
 * Files in, product out: image in its own pixel type (mapped when the file is uncompressed), and of
 * the mask only what everything later needs: the voxels of the wanted label, kept as the bytes of
 * their bounding box. Image and mask may still lie on different grids; preprocessing decides. */
#ifndef RADMILL_ENGINE_LOAD_RCASE_H
#define RADMILL_ENGINE_LOAD_RCASE_H

#include "engine/settings/settings.h"
#include "vol/volume.h"

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

/* Minimum, maximum and mean of voxel values, as doubles; all NaN when one of them is. */
struct value_stats {
    double minimum, maximum, mean;
};

/* What is known of a whole file: for the diagnostics (specification 7), and so that point filters
 * need no pass of their own. */
struct file_facts {
    bool has_stats;
    struct value_stats stats;
    char sha1[41]; /* of the image in its type, of the mask as uint32; "" when not asked for */
};

struct rcase {
    struct volume image;
    struct label_mask mask;
    struct file_facts image_file, mask_file;
};

void rcase_free(struct rcase *c);

#endif
