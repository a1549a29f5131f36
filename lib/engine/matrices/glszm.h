/* Grey level size zone matrix (specification 6.5; IBSI 3.8): cell (i, s) counts the connected zones
 * of s voxels of code i. */
#ifndef RADMILL_ENGINE_MATRICES_GLSZM_H
#define RADMILL_ENGINE_MATRICES_GLSZM_H

#include "engine/matrices/cells.h"
#include "engine/matrices/codes.h"
#include "engine/matrices/directions.h"

/* half: the neighbours that connect, one of each pair a, -a (DIRECTIONS_HALF for distance 1).
 * Errors: ERR_REFUSED without memory, and beyond 2^31 voxels. */
bool glszm_count(const struct codes *c, const struct directions *half, struct cells *out,
                 struct err *e);

#endif
