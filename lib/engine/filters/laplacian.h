/* Parameters of the image type LoG. */
#ifndef RADMILL_ENGINE_FILTERS_LAPLACIAN_H
#define RADMILL_ENGINE_FILTERS_LAPLACIAN_H

#include "engine/settings/settings.h"

struct log_settings {
    struct real_list sigma_mm;
};

#endif
