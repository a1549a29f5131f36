/* The pixel type of a volume, as far as headers can tell. */
#ifndef RADMILL_COURSE_VOXEL_TYPE_H
#define RADMILL_COURSE_VOXEL_TYPE_H

#include "course/series.h"
#include "vol/volume.h"

/* The types to try, one after the other, until all values fit one; returns how many. Whole numbers
 * beyond 32 bits become doubles: a float does not hold each of them. factor: for each file, what
 * its values are multiplied with, or NULL. */
size_t voxel_types(const struct series *s, const double *factor, enum pixel_type out[3]);

#endif
