#include "engine/features/sort_lanes.h"

#include "base/simd.h"

/* Of a[k] and b[k] the smaller goes to a, the larger to b. */
SIMD_PART void exchange(int16_t *restrict a, int16_t *restrict b, int n)
{
    for (int k = 0; k < n; k++) {
        int16_t x = a[k], y = b[k];
        a[k] = y < x ? y : x;
        b[k] = y < x ? x : y;
    }
}

/* Batcher's merge exchange, as in select.c. */
SIMD_CLONES void sort_lanes(sort_row *x, int n)
{
    int top = 1;
    while (2 * top < n)
        top *= 2;
    for (int p = top; p > 0; p /= 2)
        for (int q = top, r = 0, d = p;; d = q - p, q /= 2, r = p) {
            for (int i = r; i + d < n; i += 2 * p) {
                int rows = n - d - i < p ? n - d - i : p;
                for (int k = 0; k < rows; k++)
                    exchange(x[i + k], x[i + d + k], SORT_LANES);
            }
            if (q == p)
                break;
        }
}
