/* What preprocessing hands to the filters: one image and its masks on one common grid.
 *
 * Invariants: image, mask and shape_mask have the same grid; mask is 1 inside the ROI and 0
 * elsewhere (label already selected, resegmentation applied); roi is the tight bounding box of
 * mask, and has n_voxels >= 1 voxels set. No later stage changes or resamples the grid.
 *
 * The image may be a whole file (mapped: only touched pages cost), or a resampled or cropped
 * volume. */
#ifndef RADMILL_ENGINE_PREPROCESS_ROI_VIEW_H
#define RADMILL_ENGINE_PREPROCESS_ROI_VIEW_H

#include "vol/volume.h"

struct roi_view {
    struct volume image;       /* in its pixel type (specification 0.4) */
    const uint8_t *mask;       /* of the BOX roi: roi.size[0]*[1]*[2] bytes, x fastest */
    const uint8_t *shape_mask; /* likewise; == mask unless resegmentation kept the shape */
    struct box roi;            /* in indices of image.grid */
    int64_t n_voxels;          /* set bytes of mask */

    /* known without a pass over the image (image.json), else has_stats is false and whoever needs
     * them computes them: point filters use the maximum of |x| over the WHOLE image */
    bool has_stats;
    double minimum, maximum, mean;
};

#endif
