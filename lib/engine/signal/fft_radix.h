/* One step of a mixed-radix transform, and the product of a lane of complex numbers with one. For
 * fft.c. */
#ifndef RADMILL_ENGINE_SIGNAL_FFT_RADIX_H
#define RADMILL_ENGINE_SIGNAL_FFT_RADIX_H

#include <stdint.h>

struct fft_stage {
    int radix;             /* 2, 3, 4, 5 or 7 */
    int64_t n;             /* length of the transforms that are left before this step */
    int64_t done;          /* product of the radices before this one */
    int64_t full;          /* length of the whole transform */
    const double *twiddle; /* cos and sin of 2 pi k / full, full pairs */
};

/* from -> to, both full * FFT_LANES elements, different arrays. */
void fft_stage_run(const struct fft_stage *s, const double *from_re, const double *from_im,
                   double *to_re, double *to_im);

/* out = x * (c + i s) for FFT_LANES numbers; out may be x. */
void fft_multiply(const double *re, const double *im, double c, double s, double *out_re,
                  double *out_im);

#endif
