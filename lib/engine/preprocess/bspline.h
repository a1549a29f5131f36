/* Cubic B-splines: what the ways to evaluate them share. */
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

/* interpolate.h, `line`: voxel by voxel, in ITK's order of summation. */
interpolate_fn bspline_line;

/* interpolate.h, `whole`, for integer and for float images. */
bool bspline_floats(const struct samples *s, const struct index_map *map, struct volume *out,
                    bool *done, struct err *e);
bool bspline_integers(const struct samples *s, const struct index_map *map, struct volume *out,
                      bool *done, struct err *e);

#endif
