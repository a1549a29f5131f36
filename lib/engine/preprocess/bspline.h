/* Cubic B-splines: what the exact and the separable evaluation share. */
#ifndef RADMILL_ENGINE_PREPROCESS_BSPLINE_H
#define RADMILL_ENGINE_PREPROCESS_BSPLINE_H

#include "engine/preprocess/interpolate.h"

enum { TAPS = 4 };

/* The four coefficients around a continuous index on one axis. */
struct spline_taps {
    double weight[TAPS];
    int64_t offset[TAPS]; /* samples_offset of each */
};

struct spline_taps spline_taps_at(const struct samples *s, int axis, double c);

/* interpolate.h, `integers`. */
bool bspline_integers(const struct samples *s, const struct index_map *map, struct volume *out,
                      bool *done, struct err *e);

#endif
