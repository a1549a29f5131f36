/* The mask check (specification 2.6): may features of this ROI be computed? */
#ifndef RADMILL_ENGINE_PREPROCESS_CHECK_H
#define RADMILL_ENGINE_PREPROCESS_CHECK_H

#include "engine/load/rcase.h"
#include "engine/settings/settings.h"

/* Do image and mask lie on one grid? Same axes and sizes; origin and spacing within `tolerance`
 * times the image's x spacing, direction cosines within `tolerance`. false: *why says what differs,
 * at most `room` bytes. */
bool check_geometry(const struct grid *image, const struct grid *mask, double tolerance, char *why,
                    size_t room);

/* All of 2.6; label names the ROI in messages. With correctMask a mask on another grid is replaced
 * by its nearest-neighbour resampling on the image's grid and *corrected becomes true (else left
 * alone). Without geometryTolerance, grids whose corners agree within 1e-3 voxel are one grid, and
 * a mask that holds the image's voxels in another order of axes is reordered (docs/parameters.md).
 * ERR_REFUSED: other grid, no voxel of the label, too few dimensions, too few voxels. */
bool check_mask(struct label_mask *mask, const struct grid *image, int64_t label,
                const struct check_settings *s, bool *corrected, struct err *e);

#endif
