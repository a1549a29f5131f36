/* Cropping to the ROI (specification 2.5). */
#ifndef RADMILL_ENGINE_PREPROCESS_CROP_H
#define RADMILL_ENGINE_PREPROCESS_CROP_H

#include "engine/load/rcase.h"

/* Image and mask become the mask's box grown by pad_distance voxels on every side, cut at the
 * mask's grid. Both lie on one grid and the mask is not empty. */
bool crop_case(struct rcase *c, int64_t pad_distance, struct err *e);

#endif
