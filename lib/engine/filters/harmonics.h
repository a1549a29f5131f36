/* Rotation-invariant norms of a binary pattern on a sphere, by spherical harmonics as LBP3D uses
 * them (specification 5.7). */
#ifndef RADMILL_ENGINE_FILTERS_HARMONICS_H
#define RADMILL_ENGINE_FILTERS_HARMONICS_H

#include "base/err.h"

#include <stdint.h>

/* Real tables per level n and order m = 0..n: at every point, the real and the imaginary part of
 * Y(n, m), with the azimuth acos(z / r) and the polar angle atan2(y, x) of the reference (the two
 * are swapped there, and with them the meaning of the norms). Orders below 0 are the conjugates up
 * to sign, so that sums over m are real: one term for m = 0 and twice the real part for each m > 0.
 */
struct harmonics {
    int64_t points, levels;
    double *table; /* rows of `points`: level 0; level 1: m = 0, 1 real, 1 imaginary; ... */
};

bool harmonics_create(const double (*point)[3], int64_t points, double radius, int64_t levels,
                      struct harmonics *out, struct err *e);
void harmonics_free(struct harmonics *h);

/* norm[n] = sqrt(sum over v of g_n(v)^2), g_n(v) = sum over m of C(n,m) Y(n,m)(v), C(n,m) = sum
 * over the points where `pattern` is 1 of Y(n,m); n = 0 .. levels - 1. scratch: points doubles. */
void harmonics_norms(const struct harmonics *h, const double *pattern, double *scratch,
                     double *norm);

#endif
