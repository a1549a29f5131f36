/* From a mask file's voxels to the ROI of one label (specification 2.3). */
#ifndef RADMILL_ENGINE_LOAD_LABEL_H
#define RADMILL_ENGINE_LOAD_LABEL_H

#include "engine/load/rcase.h"

/* Replaces a vector mask by the component label_channel; a scalar mask stays as it is.
 * ERR_REFUSED when there is no such component. */
bool label_channel(struct volume *mask, int64_t channel, struct err *e);

/* The voxels whose value, converted to uint32 as C converts it, is `label`. One pass over the mask
 * to find the box, one over the box. ERR_REFUSED when no voxel has the label. */
bool label_find(const struct volume *mask, int64_t label, struct label_mask *out, struct err *e);

/* The same; ERR_REFUSED, too, when every voxel of the mask has the label. */
bool label_select(const struct volume *mask, int64_t label, struct label_mask *out, struct err *e);

/* Voxels from ... from + n - 1 converted to uint32. */
void label_widen(const struct volume *mask, int64_t from, int64_t n, uint32_t *out);

#endif
