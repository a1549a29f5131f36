/* A part of a new image in the place of the whole: for steps that make no more than is read. */
#ifndef RADMILL_ENGINE_PREPROCESS_PART_H
#define RADMILL_ENGINE_PREPROCESS_PART_H

#include "engine/preprocess/preprocess.h"

/* The image is the part `b` of one on grid `whole` from now on; the mask, which lies on that grid,
 * is moved to the part's. */
void part_begin(struct preparation *p, const struct grid *whole, const struct box *b);

/* A snapshot of the mask with its values, on the grid of the whole. */
bool part_snapshot(struct preparation *p, enum stage stage, struct err *e);

#endif
