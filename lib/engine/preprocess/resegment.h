/* Resegmentation (specification 2.7): keep the ROI voxels whose value lies in a range. */
#ifndef RADMILL_ENGINE_PREPROCESS_RESEGMENT_H
#define RADMILL_ENGINE_PREPROCESS_RESEGMENT_H

#include "engine/load/rcase.h"
#include "engine/settings/settings.h"

/* *out is the part of mask that s->resegment_range and s->resegment_mode keep; image and mask lie
 * on one grid. Release with label_mask_free. ERR_REFUSED: the range has not one or two values, or
 * at most one voxel is left. */
bool resegment(const struct volume *image, const struct label_mask *mask,
               const struct resegment_settings *s, struct label_mask *out, struct err *e);

#endif
