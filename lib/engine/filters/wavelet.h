/* Parameters of the image type Wavelet. */
#ifndef RADMILL_ENGINE_FILTERS_WAVELET_H
#define RADMILL_ENGINE_FILTERS_WAVELET_H

#include "engine/filters/bank.h"

struct wavelet_settings {
    int64_t start_level, level;
    char name[24]; /* PyWavelets' name */
};

extern const struct filter filter_wavelet;

#endif
