/* Parameters of the image type LBP3D. */
#ifndef RADMILL_ENGINE_FILTERS_LBP3D_H
#define RADMILL_ENGINE_FILTERS_LBP3D_H

#include "engine/filters/bank.h"

struct lbp3d_settings {
    int64_t levels;
    double radius; /* of the icosphere, voxels */
    int64_t subdivision;
};

extern const struct filter filter_lbp3d;

#endif
