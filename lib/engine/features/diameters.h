/* The largest distances between vertices of an ROI's surface (specification 6.8). Vertices lie half
 * way between two face neighbours of which exactly one is inside. */
#ifndef RADMILL_ENGINE_FEATURES_DIAMETERS_H
#define RADMILL_ENGINE_FEATURES_DIAMETERS_H

#include "base/err.h"

#include <stdint.h>

struct diameters {
    double all_mm;    /* any two vertices (IBSI L0JK) */
    double slice_mm;  /* two vertices of equal z */
    double column_mm; /* of equal y */
    double row_mm;    /* of equal x */
};

/* mask  size[0] * size[1] * size[2] bytes, x fastest, 1 = inside, at least one set
 * error ERR_FAILED: no memory */
bool diameters_measure(const uint8_t *mask, const int64_t size[3], const double spacing_mm[3],
                       struct diameters *out, struct err *e);

#endif
