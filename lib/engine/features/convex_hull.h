/* The convex hull of an ROI's surface (IBSI 3.1, approximations of the volume): the mesh's vertices
 * lie in the middle of voxel edges, so that twice their indices are integers and every decision of
 * the hull is exact. A hull does not change when an axis is scaled: millimetres come in last. */
#ifndef RADMILL_ENGINE_FEATURES_CONVEX_HULL_H
#define RADMILL_ENGINE_FEATURES_CONVEX_HULL_H

#include "base/err.h"

#include <stdint.h>

struct hull_point {
    int32_t at[3]; /* half voxels: 2 * index, from -1 on */
};

struct convex_hull {
    struct hull_point *corner; /* each once */
    int64_t n_corners;
    int32_t (*face)[3]; /* triangles by numbers of corners, seen from outside anticlockwise */
    int64_t n_faces;
};

/* mask  size[0] * size[1] * size[2] bytes, x fastest, 1 inside; at least one voxel set
 * Release *out with convex_hull_free. error ERR_FAILED: no memory */
bool convex_hull_of_mask(const uint8_t *mask, const int64_t size[3], struct convex_hull *out,
                         struct err *e);
void convex_hull_free(struct convex_hull *h);

/* The hull of any points, at least four of them not in one plane; coordinates below 2^19. */
bool convex_hull_of_points(const struct hull_point *point, int64_t n, struct convex_hull *out,
                           struct err *e);

double convex_hull_volume_mm3(const struct convex_hull *h, const double spacing_mm[3]);
double convex_hull_area_mm2(const struct convex_hull *h, const double spacing_mm[3]);

#endif
