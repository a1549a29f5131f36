/* Neighbourhood grey tone differences (specification 6.7; IBSI 3.10). */
#ifndef RADMILL_ENGINE_MATRICES_NGTDM_H
#define RADMILL_ENGINE_MATRICES_NGTDM_H

#include "engine/matrices/codes.h"
#include "engine/matrices/directions.h"

/* c     codes of kind CODES_LEVELS
 * both  all neighbours (DIRECTIONS_BOTH)
 * lone  voxels without a neighbour count (pyradiomics); else they are left out (IBSI)
 * n     [c->n + 1] voxels per level
 * s     [c->n + 1] sum over them of |level - mean level of their neighbours in the ROI|
 * Errors: ERR_FAILED without memory. */
bool ngtdm_count(const struct codes *c, const struct directions *both, bool lone, int64_t *n,
                 double *s, struct err *e);

#endif
