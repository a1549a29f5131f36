/* Results stored into an array of a given pixel type, as NumPy on x86-64 stores doubles. */
#ifndef RADMILL_ENGINE_FILTERS_CAST_H
#define RADMILL_ENGINE_FILTERS_CAST_H

#include "vol/volume.h"

/* x truncated toward zero and wrapped for integer types. What the converting instruction cannot
 * hold, NaN included, is its "integer indefinite": 0 in 8 and 16 bits, the sign bit alone in 32
 * and 64. float32 rounds, float64 keeps. (NaN in uint32 depends on the place in NumPy: lbp2d.c.) */
double cast_as_numpy(double x, enum pixel_type type);

/* x[0..n) in place: rounded half away from zero and clamped to an integer type's range; float32
 * rounds. NaN becomes 0 in integer types. (The output conversion of SciPy's interpolation.) */
void cast_as_scipy(double *x, int64_t n, enum pixel_type type);

#endif
