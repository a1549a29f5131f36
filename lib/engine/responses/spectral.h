/* Filters of IBSI 2 that are defined in the frequency domain: non-separable wavelets (LODD) of
 * Shannon and Simoncelli, and the Riesz transform (AYRS) of these, of a Laplacian of Gaussian or of
 * the image itself. They see the whole image (each slice of it in two dimensions).
 *
 * Frequencies run from -1 to 1 (the Nyquist frequency) over the transform of the image, symmetric
 * about its middle: element i of n stands for (2 i - (n - 1)) / (n - 1), as the consensus of
 * IBSI 2 has it (the frequencies of a discrete transform, 2 i / n, miss test 8.a.2). */
#ifndef RADMILL_ENGINE_RESPONSES_SPECTRAL_H
#define RADMILL_ENGINE_RESPONSES_SPECTRAL_H

#include "engine/responses/source.h"

enum spectral_band { BAND_ALL, BAND_SHANNON, BAND_SIMONCELLI, BAND_LOG };

struct spectral {
    enum spectral_band band;
    int level;               /* of a wavelet, >= 1 */
    double sigma_mm, cutoff; /* of the Laplacian of Gaussian */
    int riesz[3];            /* order along x, y, z; all 0: no Riesz transform */
    int64_t pad;             /* voxels by which the image is extended before its transform */
};

/* The response on `wanted`, a box inside the image; release *out with patch_free. ERR_REFUSED: a
 * Gaussian that is too long; ERR_FAILED: no memory. */
bool spectral_response(const struct source *s, const struct spectral *f, const struct box *wanted,
                       struct patch *out, struct err *e);

#endif
