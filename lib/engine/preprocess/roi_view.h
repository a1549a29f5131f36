/* What preprocessing hands to the filters: one image and its two masks on one common grid.
 *
 * The intensity mask says whose values are measured, the morphological mask whose shape
 * (IBSI has two masks); the profile decides which step changes which mask. Invariants: image and
 * masks have the same grid; the label is selected, each mask's bytes are those of its own box, x
 * fastest, and each has at least one voxel set; the box of the intensity mask is tight. No later
 * stage changes or resamples the grid.
 *
 * The image may be a whole file (mapped: only touched pages cost), or a resampled or cropped
 * volume. Everything is borrowed. */
#ifndef RADMILL_ENGINE_PREPROCESS_ROI_VIEW_H
#define RADMILL_ENGINE_PREPROCESS_ROI_VIEW_H

#include "vol/label_mask.h"
#include "vol/volume.h"

struct roi_view {
    struct volume image;                     /* in its pixel type (specification 0.4) */
    struct label_mask intensity, morphology; /* the same bytes while the masks are equal */

    /* known without a pass over the image (image.json), else has_stats is false and whoever needs
     * them computes them: point filters use the maximum of |x| over the WHOLE image */
    bool has_stats;
    double minimum, maximum, mean;
};

#endif
