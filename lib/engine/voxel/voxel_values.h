/* First-order statistics of neighbouring kernels side by side: eight voxels in a row of x are eight
 * lanes. A place of their kernels is then eight values in a row of the image; sums go from place to
 * place as pyradiomics lists them, in NumPy's order within each lane (sums_lanes.h), and the order
 * statistics come from codes of the values, which a network sorts (sort_lanes.h). Lanes whose voxel
 * is not in the ROI are thrown away. Grey levels are counted from voxel to voxel: one face of the
 * kernel leaves, the next one enters. */
#ifndef RADMILL_ENGINE_VOXEL_VALUES_H
#define RADMILL_ENGINE_VOXEL_VALUES_H

#include "engine/voxel/voxel_parts.h"

/* Can the open class be measured so? Small kernels of few grey levels, statistics that follow from
 * sums and ranks. */
bool values_fit(const struct mapping *s);

/* Fills the maps of the open class in the threads of the pool. s->codes has codes. */
bool measure_values(struct mapping *s, struct err *e);

#endif
