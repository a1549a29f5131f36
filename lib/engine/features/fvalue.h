/* One feature of one ROI and response: the product of the feature families. */
#ifndef RADMILL_ENGINE_FEATURES_FVALUE_H
#define RADMILL_ENGINE_FEATURES_FVALUE_H

#include <stdbool.h>

struct fvalue {
    double value;       /* may be NaN or infinite where pyradiomics gives that */
    bool absent;        /* pyradiomics yields no entry at all (deprecated without a formula) */
    const char *reason; /* why the value is undefined; NULL when it is defined. Static text */
};

#endif
