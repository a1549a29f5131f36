/* Eight samples of codes, one a lane, sorted side by side. */
#ifndef RADMILL_ENGINE_FEATURES_SORT_LANES_H
#define RADMILL_ENGINE_FEATURES_SORT_LANES_H

#include <stdint.h>

enum { SORT_LANES = 8 };
typedef int16_t sort_row[SORT_LANES];

/* x[n]: in each lane ascending. n >= 1 */
void sort_lanes(sort_row *x, int n);

#endif
