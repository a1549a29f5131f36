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
#include "vol/grid.h"

#define GEOMETRY_TOLERANCE     0.01
#define GEOMETRY_LEAST_MM      0.01
#define GEOMETRY_SAME_PLACE_MM 1e-3

/* One image plane, LPS millimetres. */
struct plane {
    double position_mm[3]; /* centre of its first pixel */
    double orientation[6]; /* unit vectors: along a row, along a column */
    double spacing_mm[2];  /* between rows, between columns */
    double thickness_mm;   /* 0: unknown; needed for a volume of one plane */
    int64_t rows, columns;
    size_t source, frame; /* caller's: which file, which frame of it */

    double along_mm;  /* out: position along the normal */
    bool made_up;     /* out: a missing plane, to be the mean of its two neighbours */
    int64_t first[2]; /* out: column and row of its first pixel inside the grid; 0 without tilt */
};

/* What is accepted besides an even stack. Zeroed: nothing. */
struct geometry_rules {
    bool has_decimals;     /* the next two are known */
    int position_decimals; /* the largest number of decimals in any position */
    int cosine_decimals;   /* the same of the direction cosines */
    bool no_shear;    /* a shear is never explained by rounded cosines: for CT, whose gantry may be
                         tilted */
    bool interpolate; /* missing planes are interpolated */
};

/* At most one missing plane in a row is interpolated, and at most this share of all planes. */
#define GEOMETRY_MOST_MADE_UP 0.05

/* How many planes may be added to n. */
#define GEOMETRY_ROOM(n) ((n) / 19 + 1)

struct geometry {
    struct grid grid;
    bool tilted; /* planes were cropped to what all of them cover */
    double
        rounded_mm; /* how far planes are off the grid, where only rounding explains it; else 0 */
    double sheared; /* how much the cosines were corrected (their product with the stack's
                       direction); else 0 */
    size_t made_up; /* planes that were interpolated */
};

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
