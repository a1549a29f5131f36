/* The sum over the taps of a wavelet filter, for neighbouring samples at once. Private to the
 * wavelet filter. */
#ifndef RADMILL_ENGINE_FILTERS_WAVELET_FIR_H
#define RADMILL_ENGINE_FILTERS_WAVELET_FIR_H

#include <stdbool.h>
#include <stdint.h>

/* out[i] = h[0] * row[0][i] + h[1] * row[1][i] + .., added in that order, for i < n; taps >= 1. All
 * of them float (single) or double. out overlaps no row. */
void wavelet_fir(const void *const *row, const void *h, int taps, bool single, int64_t n,
                 void *out);

#endif
