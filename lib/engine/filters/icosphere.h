/* Points on a sphere: the corners of an icosahedron whose triangles are repeatedly split into four.
 */
#ifndef RADMILL_ENGINE_FILTERS_ICOSPHERE_H
#define RADMILL_ENGINE_FILTERS_ICOSPHERE_H

#include "base/err.h"

#include <stdint.h>

enum { ICOSPHERE_MAX = 8 }; /* subdivisions: 655,362 points */

/* n points of three coordinates at the given radius: the 12 corners (cyclic forms of (+-1, +-phi,
 * 0), scaled), then with each subdivision the midpoints of the edges, ordered by their larger and
 * then their smaller end point; all points are moved onto the sphere after each subdivision. This
 * is the order of trimesh. *point is released with free(). ERR_REFUSED: more than ICOSPHERE_MAX. */
bool icosphere_create(int64_t subdivisions, double radius, double (**point)[3], int64_t *n,
                      struct err *e);

#endif
