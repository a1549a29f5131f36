/* Parameters of the image type LoG. */
#ifndef RADMILL_ENGINE_FILTERS_LAPLACIAN_H
#define RADMILL_ENGINE_FILTERS_LAPLACIAN_H

#include "engine/filters/bank.h"

struct log_settings {
    struct real_list sigma_mm;
};

extern const struct filter filter_log;

#endif
