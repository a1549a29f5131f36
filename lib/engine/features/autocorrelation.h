/* Spatial autocorrelation of the intensities of an ROI, exactly: IBSI 3.1.29 (Moran's I, N365) and
 * 3.1.30 (Geary's C, NPT7).
 *
 * The sums over all pairs of voxels, weighted by the inverse of their distance, are sums over
 * displacements: every displacement counts as often as two voxels of the ROI lie that far apart,
 * which is an autocorrelation. In the frequency domain the whole sum is one product, so that the
 * cost is that of Fourier transforms of a box twice the ROI's in each direction, not of n^2 pairs;
 * other programs draw random pairs instead. */
#ifndef RADMILL_ENGINE_FEATURES_AUTOCORRELATION_H
#define RADMILL_ENGINE_FEATURES_AUTOCORRELATION_H

#include "base/err.h"

#include <stdint.h>

struct autocorrelation {
    double moran_i, geary_c; /* NaN for a single voxel and where all intensities are equal */
};

/* value, mask  size[0] * size[1] * size[2], x fastest; mask 1 inside, at least one voxel; values
 *              outside are not read
 * error        ERR_FAILED: no memory (about 32 bytes for each voxel of a box twice the size) */
bool autocorrelation_measure(const double *value, const uint8_t *mask, const int64_t size[3],
                             const double spacing_mm[3], struct autocorrelation *out,
                             struct err *e);

#endif
