/* Image planes in space, what is accepted of a stack of them, and the grid that they make. */
#ifndef RADMILL_COURSE_PLANES_H
#define RADMILL_COURSE_PLANES_H

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

#endif
