/* Grey level dependence matrix (specification 6.6; IBSI 3.11): cell (i, d + 1) counts the voxels of
 * code i that have d neighbours in the ROI whose code differs by at most `alpha`. */
#ifndef RADMILL_ENGINE_MATRICES_GLDM_H
#define RADMILL_ENGINE_MATRICES_GLDM_H

#include "engine/matrices/cells.h"
#include "engine/matrices/codes.h"
#include "engine/matrices/directions.h"

/* c      codes of kind CODES_LEVELS when alpha > 0; either kind for 0
 * both   all neighbours (DIRECTIONS_BOTH)
 * Errors: ERR_REFUSED without memory. */
bool gldm_count(const struct codes *c, const struct directions *both, int64_t alpha,
                struct cells *out, struct err *e);

#endif
