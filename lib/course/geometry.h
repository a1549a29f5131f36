/* From planes in space to a grid: the order of the slices, and whether they make a volume at all.
 *
 * Rules (docs/scan.md): planes are sorted by their position along the normal (row x column). Every
 * plane must lie within GEOMETRY_TOLERANCE of a voxel (but never less than GEOMETRY_LEAST_MM) of
 * its place on an even grid. Planes that are displaced in their own plane (gantry tilt) are
 * corrected by cropping when every displacement is a whole number of pixels, so that no voxel is
 * moved or made up. Everything else is refused with its numbers. Positions are never rounded. */
#ifndef RADMILL_COURSE_GEOMETRY_H
#define RADMILL_COURSE_GEOMETRY_H

#include "base/err.h"
#include "vol/grid.h"

#define GEOMETRY_TOLERANCE 0.01
#define GEOMETRY_LEAST_MM  0.01

/* One image plane, LPS millimetres. */
struct plane {
    double position_mm[3]; /* centre of its first pixel */
    double orientation[6]; /* unit vectors: along a row, along a column */
    double spacing_mm[2];  /* between rows, between columns */
    double thickness_mm;   /* 0: unknown; needed for a volume of one plane */
    int64_t rows, columns;
    size_t source, frame; /* caller's: which file, which frame of it */

    double along_mm;  /* out: position along the normal */
    int64_t first[2]; /* out: column and row of its first pixel inside the grid; 0 without tilt */
};

/* Sorts the n >= 1 planes in place and gives their grid; *tilted says that planes were cropped.
 * ERR_REFUSED with the numbers when they make no volume. */
bool geometry_build(struct plane *plane, size_t n, struct grid *grid, bool *tilted, struct err *e);

#endif
