/* From planes in space to a grid: the order of the slices, and whether they make a volume at all.
 *
 * Rules (docs/scan.md), in this order: planes are sorted by their position along the normal (row x
 * column). Every plane must lie within GEOMETRY_TOLERANCE of a voxel (but never less than
 * GEOMETRY_LEAST_MM) of its place on an even grid; or, where the positions show few decimals,
 * within half of their last place. Missing planes are refused, or interpolated when the user asks
 * for that. Planes that are displaced in their own plane (gantry tilt) are corrected by cropping
 * when every displacement is a whole number of pixels, so that no voxel is moved or interpolated; a
 * shear that the decimals of the cosines explain is taken out of the cosines. Everything else is
 * refused with its numbers. Positions are never rounded. */
#ifndef RADMILL_COURSE_GEOMETRY_H
#define RADMILL_COURSE_GEOMETRY_H

#include "base/err.h"
#include "course/planes.h"

/* Sorts the n >= 1 planes in place by their position along the normal (along_mm). ERR_REFUSED when
 * sizes, spacings or orientations differ or are impossible. */
bool geometry_sort(struct plane *plane, size_t n, const struct geometry_rules *rules,
                   struct err *e);

/* Sorts the *n >= 1 planes in place, adds interpolated ones (plane: room for *n +
 * GEOMETRY_ROOM(*n)) and gives their grid. ERR_REFUSED with the numbers when they make no volume.
 */
bool geometry_build(struct plane *plane, size_t *n, const struct geometry_rules *rules,
                    struct geometry *out, struct err *e);

#endif
