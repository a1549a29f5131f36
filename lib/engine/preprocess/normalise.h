/* Normalisation of the whole image (specification 2.4). */
#ifndef RADMILL_ENGINE_PREPROCESS_NORMALISE_H
#define RADMILL_ENGINE_PREPROCESS_NORMALISE_H

#include "engine/settings/settings.h"
#include "vol/volume.h"

/* *out: the image as float64, (x - mean) / sd, clamped to +-removeOutliers, times normalizeScale;
 * sd with N - 1. A constant image becomes NaN, as in pyradiomics. ERR_FAILED without memory.
 * Release with volume_free. */
bool normalise(const struct volume *image, const struct normalise_settings *s, struct volume *out,
               struct err *e);

#endif
