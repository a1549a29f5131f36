/* One contour of a region of interest, as a structure set holds it: points in patient space. */
#ifndef RADMILL_VOL_CONTOUR_H
#define RADMILL_VOL_CONTOUR_H

#include <stdbool.h>
#include <stddef.h>

/* Contour Geometric Type (3006,0042). */
enum contour_kind {
    CONTOUR_CLOSED_PLANAR,
    CONTOUR_CLOSED_PLANAR_XOR,
    CONTOUR_OPEN_PLANAR,
    CONTOUR_OPEN_NONPLANAR,
    CONTOUR_POINT,
    CONTOUR_UNREADABLE, /* unknown type, or coordinates that are no numbers or not triples */
};

struct contour {
    enum contour_kind kind;
    bool miscounted; /* Number of Contour Points (3006,0046) says another number */
    bool trailed;    /* there was one empty value after the last coordinate; it was dropped */
    size_t points;
    double *point_mm; /* 3 * points: x, y, z in LPS; any value, NaN included; owned by the set */
};

#endif
