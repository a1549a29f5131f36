/* What the diagnostics say about the image and the mask at one stage of the preprocessing
 * (specification 7). Taken only when asked for: additionalInfo. */
#ifndef RADMILL_ENGINE_LOAD_SNAPSHOT_H
#define RADMILL_ENGINE_LOAD_SNAPSHOT_H

#include "engine/load/rcase.h"

enum stage { STAGE_ORIGINAL, STAGE_INTERPOLATED, STAGE_CORRECTED, STAGE_RESEGMENTED };
enum { STAGES = 4 };

struct image_snapshot {
    bool taken;
    struct grid grid;
    struct value_stats stats;
    char sha1[41]; /* "" except at STAGE_ORIGINAL */
};

struct mask_snapshot {
    bool taken;
    struct grid grid;
    struct box box;
    int64_t n_voxels, n_components; /* 26-connected */
    double center_index[3], center_mm[3];
    bool has_values;
    struct value_stats values; /* of the image inside the ROI; not at STAGE_ORIGINAL */
    char sha1[41];
};

struct snapshots {
    struct image_snapshot image[STAGES];
    struct mask_snapshot mask[STAGES];
};

/* log NULL: no diagnostics are wanted, and nothing happens. facts may be NULL (statistics by a
 * pass). */
void snapshot_image(struct snapshots *log, enum stage stage, const struct volume *image,
                    const struct file_facts *facts);

/* image NULL: without the values inside the ROI; else both lie on one grid. */
bool snapshot_mask(struct snapshots *log, enum stage stage, const struct label_mask *mask,
                   const struct volume *image, const char *sha1, struct err *e);

#endif
