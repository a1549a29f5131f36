/* Rotation-invariant norms of binary patterns on a sphere, by spherical harmonics as LBP3D uses
 * them (specification 5.7). Patterns that are rotations of each other have the same norm but for
 * round-off, and percentiles tell such values apart: every step is done in the order of SciPy and
 * NumPy (without fused multiplications, that is, as on a processor that has none). */
#ifndef RADMILL_ENGINE_FILTERS_HARMONICS_H
#define RADMILL_ENGINE_FILTERS_HARMONICS_H

#include "base/err.h"

#include <stdint.h>

enum { HARMONICS_LANES = 8 };

/* Y(n, m) at every point, with the azimuth acos(z / r) and the polar angle atan2(y, x) of the
 * reference (the two are swapped there, and with them the meaning of the norms). */
struct harmonics {
    int64_t points, levels;
    double *table; /* level by level, order -n .. n: the real parts of all points, the imaginary */
    double *work;  /* C(n, m) of one level: real and imaginary part, HARMONICS_LANES each */
};

bool harmonics_create(const double (*point)[3], int64_t points, double radius, int64_t levels,
                      struct harmonics *out, struct err *e);
void harmonics_free(struct harmonics *h);

/* norm[n] = Re sqrt(sum over v of g_n(v)^2), g_n(v) = sum over m of C(n,m) Y(n,m)(v), C(n,m) = sum
 * over the points where the pattern is 1 of Y(n,m); n = 0 .. levels - 1. HARMONICS_LANES patterns
 * at once: pattern [points][lanes] of 0 and 1, norm [levels][lanes]. */
void harmonics_norms(const struct harmonics *h, const double *pattern, double *norm);

#endif
