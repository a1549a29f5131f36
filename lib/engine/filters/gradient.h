/* Parameters of the image type Gradient. */
#ifndef RADMILL_ENGINE_FILTERS_GRADIENT_H
#define RADMILL_ENGINE_FILTERS_GRADIENT_H

#include "engine/filters/bank.h"

struct gradient_settings {
    bool use_spacing; /* differences per mm, not per voxel */
};

extern const struct filter filter_gradient;

#endif
