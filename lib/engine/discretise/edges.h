/* Bin edges from the range of the ROI's values (specification 4.2 and 4.3). */
#ifndef RADMILL_ENGINE_DISCRETISE_EDGES_H
#define RADMILL_ENGINE_DISCRETISE_EDGES_H

#include "engine/settings/settings.h"
#include "vol/volume.h"

struct value_range {
    double minimum, maximum; /* of the ROI; NaN voxels ignored */
    bool has_nan, first_is_nan, has_infinite;
};

/* Edge k is lo + k * delta, rounded to float32 when `rounded`, for every k <= last_regular; only
 * then may a reader compute edges instead of looking them up. */
struct edges {
    double *edge; /* [n], ascending; owner frees with free() */
    int64_t n;    /* >= 2 */
    double lo, delta;
    bool rounded;
    bool regular; /* the formula holds for k < n - 1, delta is far above the rounding, and the last
                     edge is above the maximum */
};

/* type is the pixel type of the values (specification 0.4). Errors: ERR_REFUSED for infinite
 * values, for NaN where pyradiomics aborts, for a bin width that is no positive number, and where
 * the edges are more than any matrix can have levels. */
bool edges_create(const struct value_range *range, enum pixel_type type,
                  const struct discretise_settings *s, struct edges *out, struct err *e);

#endif
