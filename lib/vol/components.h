/* Connected components of a mask. */
#ifndef RADMILL_VOL_COMPONENTS_H
#define RADMILL_VOL_COMPONENTS_H

#include "base/err.h"

#include <stdint.h>

/* Number of 26-connected components (8-connected when size[2] is 1) of the non-zero bytes of
 * in[size[0] * size[1] * size[2]], x fastest; -1 and *e when memory is short. Union-find over the
 * runs of the rows: beyond one pass over the bytes, the cost grows with the surface only. */
int64_t components_count(const uint8_t *in, const int64_t size[3], struct err *e);

#endif
