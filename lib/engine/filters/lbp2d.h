/* Parameters of the image type LBP2D. */
#ifndef RADMILL_ENGINE_FILTERS_LBP2D_H
#define RADMILL_ENGINE_FILTERS_LBP2D_H

#include "engine/filters/bank.h"

enum lbp2d_method { LBP2D_DEFAULT, LBP2D_ROR, LBP2D_UNIFORM, LBP2D_VAR };

struct lbp2d_settings {
    double radius; /* voxels */
    int64_t samples;
    enum lbp2d_method method;
};

extern const struct filter filter_lbp2d;

#endif
