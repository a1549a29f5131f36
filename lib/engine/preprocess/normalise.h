/* Normalisation of the whole image (specification 2.4). */
#ifndef RADMILL_ENGINE_PREPROCESS_NORMALISE_H
#define RADMILL_ENGINE_PREPROCESS_NORMALISE_H

#include "engine/settings/settings.h"
#include "vol/volume.h"

/* Replaces the image by a float64 image (x - mean) / sd, clamped to +-removeOutliers, times
 * normalizeScale; sd with N - 1. A constant image becomes NaN, as in pyradiomics. */
bool normalise(struct volume *image, const struct normalise_settings *s, struct err *e);

#endif
