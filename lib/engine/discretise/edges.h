/* Bin edges from the range of the ROI's values (specification 4.2 and 4.3). */
#ifndef RADMILL_ENGINE_DISCRETISE_EDGES_H
#define RADMILL_ENGINE_DISCRETISE_EDGES_H

#include "engine/settings/settings.h"
#include "vol/volume.h"

struct value_range {
    double minimum, maximum; /* of the ROI; NaN voxels ignored */
    bool has_nan, first_is_nan, has_infinite;
};

/* Ascending edges 0 .. n - 1. They are computed, never listed: there may be very many. Edge k is
 * lo + k * delta, rounded to float32 when `rounded`, but for two that have formulas of their own.
 */
struct edges {
    int64_t n; /* >= 2 */
    double lo, delta;
    double second, last; /* edges 1 and n - 1 */
    bool rounded;
    bool regular; /* edge 1 follows the formula unless it is the last, delta is far above the
                     rounding, and the last edge is above the maximum */
};

static inline double edges_at(const struct edges *g, int64_t k)
{
    double formula = g->lo + (double)k * g->delta;
    return k == g->n - 1 ? g->last : k == 1 ? g->second : g->rounded ? (float)formula : formula;
}

/* type is the pixel type of the values (specification 0.4). Errors: ERR_REFUSED for infinite
 * values, for NaN where pyradiomics aborts, for a bin width that is no positive number, and where
 * the edges are more than levels can be numbered. */
bool edges_create(const struct value_range *range, enum pixel_type type,
                  const struct discretise_settings *s, struct edges *out, struct err *e);

#endif
