/* Grey level distance zone matrix (IBSI 3.9): cell (i, d) counts the connected zones of code i
 * whose voxel nearest to the border of the ROI has distance d. Zones are those of glszm.h. */
#ifndef RADMILL_ENGINE_MATRICES_GLDZM_H
#define RADMILL_ENGINE_MATRICES_GLDZM_H

#include "engine/matrices/cells.h"
#include "engine/matrices/codes.h"
#include "engine/matrices/directions.h"

/* half      as for glszm_count
 * distance  [n_runs]: where those of the voxels of each run of the codes begin; 1 for voxels at the
 *           border (border_distances)
 * Errors: as glszm_count. */
bool gldzm_count(const struct codes *c, const struct directions *half,
                 const uint16_t *const *distance, struct cells *out, struct err *e);

/* How many steps from voxel to voxel through a face lead out of a mask: 1 for a voxel that has a
 * neighbour outside. Beyond the box everything is outside. flat_axis: steps along it lead nowhere,
 * so that distances are those within planes; -1: none. 65,535 stands for more, too.
 * mask, out  size[0] * size[1] * size[2], x fastest; out is 0 outside the mask */
void border_distances(const uint8_t *mask, const int64_t size[3], int flat_axis, uint16_t *out);

#endif
