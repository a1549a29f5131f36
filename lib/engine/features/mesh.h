/* Surface of an ROI as a triangle mesh: marching cubes over the eight voxels around every cell,
 * with vertices in the middle of the edges (specification 6.8; IBSI 3.1.1). */
#ifndef RADMILL_ENGINE_FEATURES_MESH_H
#define RADMILL_ENGINE_FEATURES_MESH_H

#include "base/err.h"

#include <stdint.h>

struct mesh {
    double volume_mm3; /* IBSI RNU0 */
    double area_mm2;   /* IBSI C0JK */
};

/* mask  size[0] * size[1] * size[2] bytes, x fastest, 1 = inside; everything around it is outside
 * error ERR_FAILED: no memory */
bool mesh_measure(const uint8_t *mask, const int64_t size[3], const double spacing_mm[3],
                  struct mesh *out, struct err *e);

#endif
