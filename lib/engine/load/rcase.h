/* One case as it was loaded: an image and the ROI of a mask (specification 2.2, 2.3).
 *
 * Files in, product out: image in its own pixel type (mapped when the file is uncompressed), and of
 * the mask only what everything later needs: the voxels of the wanted label, kept as the bytes of
 * their bounding box. Image and mask may still lie on different grids; preprocessing decides. */
#ifndef RADMILL_ENGINE_LOAD_RCASE_H
#define RADMILL_ENGINE_LOAD_RCASE_H

#include "engine/load/facts_task.h"
#include "vol/label_mask.h"
#include "vol/volume.h"

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
    struct label_mask mask; /* the voxels whose values count: IBSI's intensity mask */
    /* the voxels of the shape, once a stage has made the two masks differ */
    struct label_mask morphology;
    struct file_facts image_file, mask_file;
    struct pool *pool; /* borrowed: the threads that work on the case; NULL: the caller's alone */
    struct facts_task *facts; /* of the files, as long as they are being found; else NULL */
};

void rcase_free(struct rcase *c);

/* Puts an image in the place of the case's own; *image is taken over. */
void rcase_set_image(struct rcase *c, struct volume *image);

/* The whole of c->image becomes the ROI. ERR_REFUSED: several components a voxel. */
bool rcase_take_whole(struct rcase *c, struct err *e);

#endif
