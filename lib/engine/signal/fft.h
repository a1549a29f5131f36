/* The discrete Fourier transform of many sequences of one length at once: sequences lie side by
 * side (element i of sequence j at [i * FFT_LANES + j]), so that a register holds one element of
 * several.
 *
 * Mixed radix 2, 3, 4, 5 and 7 (Stockham: no bit reversal); a length with another prime factor goes
 * through a convolution of a length without (Bluestein). Nothing is random or measured at run time:
 * the same length gives the same operations in the same order on every machine. */
#ifndef RADMILL_ENGINE_SIGNAL_FFT_H
#define RADMILL_ENGINE_SIGNAL_FFT_H

#include "base/err.h"

#include <stdint.h>

enum { FFT_LANES = 16 };

struct fft;

/* For sequences of n >= 1 complex numbers. *out is released with fft_destroy. ERR_FAILED: memory.
 */
bool fft_create(int64_t n, struct fft **out, struct err *e);
void fft_destroy(struct fft *f); /* NULL is fine */

/* X(k) = sum over i of x(i) exp(-2 pi i k / n), in place, for FFT_LANES sequences: re and im have
 * n * FFT_LANES elements. Not for two threads at once: the plan holds the working memory. */
void fft_forward(struct fft *f, double *re, double *im);

/* The same with exp(+2 pi i k / n); no division by n. */
void fft_backward(struct fft *f, double *re, double *im);

/* The m >= n with prime factors 2, 3, 5 and 7 alone whose transforms take the least work. */
int64_t fft_good_length(int64_t n);

#endif
