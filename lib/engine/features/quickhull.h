/* Quickhull in three dimensions, in exact integers (Barber, Dobkin, Huhdanpaa 1996). For
 * convex_hull.c. */
#ifndef RADMILL_ENGINE_FEATURES_QUICKHULL_H
#define RADMILL_ENGINE_FEATURES_QUICKHULL_H

#include "engine/features/convex_hull.h"

/* Triangles by numbers of points; *face is released with free. ERR_FAILED: no memory, or all
 * points lie in one plane. */
bool quickhull(const struct hull_point *point, int64_t n, int32_t (**face)[3], int64_t *n_faces,
               struct err *e);

#endif
