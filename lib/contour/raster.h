/* Polygons of one plane to the pixels of one plane.
 *
 * The rule (docs/masks.md): a pixel is inside when its centre is inside by the even-odd rule
 * among all polygons given together, so holes, keyholes and islands come out right; a centre within
 * RASTER_ON_EDGE of an edge is inside whatever the parity says. Nothing is rounded: coordinates are
 * continuous pixel indices, the centre of pixel (i, j) is (i, j).
 *
 * Scanline with an active edge list: time in the rows and edges touched, memory in the edges. */
#ifndef RADMILL_CONTOUR_RASTER_H
#define RADMILL_CONTOUR_RASTER_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

#define RASTER_ON_EDGE 1e-9 /* pixels */

struct polygon {
    size_t n;
    const double *xy; /* 2 * n coordinates below 1e9 in magnitude; closed implicitly */
};

/* A plane inside a volume: pixel (i, j) is at[i * step[0] + j * step[1]]. */
struct raster_plane {
    uint8_t *at;
    int64_t size[2];
    int64_t step[2];
};

/* Sets the pixels inside to 1 and leaves all others alone. Polygons may lie outside the plane in
 * part or whole. Error: out of memory. */
bool raster_fill(const struct polygon *polygon, size_t n, const struct raster_plane *plane,
                 struct err *e);

#endif
