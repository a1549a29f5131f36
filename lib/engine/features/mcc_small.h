/* Maximal correlation coefficients of all directions of a kernel of voxel mode at once
 * (mcc_queue.h). */
#ifndef RADMILL_ENGINE_FEATURES_MCC_SMALL_H
#define RADMILL_ENGINE_FEATURES_MCC_SMALL_H

#include "engine/matrices/glcm_small.h"

/* g: symmetric, of 3 or more codes (of two, round-off decides about a value: mcc_plain.h).
 * out[g->directions]: 0 for a matrix of one row or none. Errors: ERR_FAILED without memory. */
bool mcc_small(const struct glcm_small *g, double *out, struct err *e);

#endif
