/* The filters of the discrete wavelet families, in PyWavelets' numbers (specification 5.3). */
#ifndef RADMILL_ENGINE_FILTERS_WAVELET_BANK_H
#define RADMILL_ENGINE_FILTERS_WAVELET_BANK_H

#include <stdbool.h>

enum { WAVELET_MAX_LENGTH = 102 };

/* Decomposition filters h[0..length-1]; length is even. The single-precision set is the one that
 * PyWavelets uses on float32 data: its coiflets are rounded twice. */
struct wavelet {
    int length;
    double lo[WAVELET_MAX_LENGTH], hi[WAVELET_MAX_LENGTH];
    float lo_f32[WAVELET_MAX_LENGTH], hi_f32[WAVELET_MAX_LENGTH];
};

/* haar, db1-38, sym2-20, coif1-17, dmey, and bior and rbio with 1.1 1.3 1.5 2.2 2.4 2.6 2.8 3.1 3.3
 * 3.5 3.7 3.9 4.4 5.5 6.8; false for any other name. */
bool wavelet_find(const char *name, struct wavelet *out);

/* True for every name that a parameter file may hold: the above, and the continuous wavelets, which
 * pass validation and then abort the case. */
bool wavelet_is_listed(const char *name);

#endif
