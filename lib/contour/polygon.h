/* Preparing the contours of one plane for the raster. */
#ifndef RADMILL_CONTOUR_POLYGON_H
#define RADMILL_CONTOUR_POLYGON_H

#include "contour/raster.h"

/* Removes points that repeat the one before them, and a last one that repeats the first, in place.
 * xy: 2 * n. Returns how many remain. No edge of any length is lost. */
size_t polygon_tidy(double *xy, size_t n);

/* Are there at least three different points? A line there and back has two. */
bool polygon_has_three(const double *xy, size_t n);

/* Moves polygons that describe the same closed line as an earlier one, whatever point they begin
 * at and whichever way round they go, to the end of the list, and returns how many distinct ones
 * stand in front. Even-odd would make two copies cancel. The order of the distinct ones is not
 * kept. Error: out of memory. */
bool polygon_distinct(struct polygon *polygon, size_t n, size_t *distinct, struct err *e);

#endif
