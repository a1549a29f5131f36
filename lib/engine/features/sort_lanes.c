#include "engine/features/sort_lanes.h"

#include "base/simd.h"

#define NAME(f) f##_lanes
#define ELEMENT int16_t
#define ROW     SORT_LANES
#include "engine/features/merge_exchange.inc"

SIMD_CLONES void sort_lanes(sort_row *x, int n)
{
    sort_rows_lanes(x[0], n);
}
