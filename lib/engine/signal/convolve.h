/* Convolution of a patch with short kernels along one axis after another (IBSI 2, 3.2): true
 * convolution, the kernel is flipped. The sum over a kernel runs in the order of its elements, so
 * no instruction set and no cut of the image changes a value. */
#ifndef RADMILL_ENGINE_SIGNAL_CONVOLVE_H
#define RADMILL_ENGINE_SIGNAL_CONVOLVE_H

#include "engine/signal/patch.h"

enum { KERNEL_MAX = 255 };

/* out(i) = sum over t of weight[t] * in(i + step * (centre - t)). step > 1: zeros lie between the
 * weights, as the "à trous" algorithm has them. */
struct kernel {
    int n, centre; /* 1 <= n <= KERNEL_MAX, 0 <= centre < n */
    int step;      /* >= 1 */
    double weight[KERNEL_MAX];
};

/* A kernel from weights w[0..n): its middle is the centre; an even one gets a zero at its end. */
struct kernel kernel_of(const double *w, int n);
struct kernel kernel_mean(int support); /* `support` equal weights that add up to 1 */
struct kernel kernel_flipped(const struct kernel *k);

/* Farthest voxels that an output reads: on its lower and its upper side. */
int64_t kernel_before(const struct kernel *k);
int64_t kernel_after(const struct kernel *k);

/* The part of the image that convolve_axis reads for `wanted`. */
struct box convolve_source(const struct kernel *k, int axis, const struct border *border,
                           const struct box *wanted);

/* A line and its weight; convolve_lines: out[i] = sum over taps, in their order, of weight *
 * line[offset + i]. What passes are made of. */
struct tap {
    const double *line;
    double weight;
};
void convolve_lines(const struct tap *tap, int taps, int64_t offset, int64_t n, double *out);

/* Lines as sums of neighbouring lines: source[q], q = 0 .. lines + k->n - 2, is the line that lies
 * q - kernel_before(k) after that of the first output. Output r < lines is out[r * stride + i], the
 * convolution at source[..][i], i < n. k->step is 1. `finite`: all that is read is finite, so that
 * weights of 0 may be among the others. */
void convolve_across(const struct kernel *k, bool finite, const double *const *source,
                     int64_t lines, int64_t n, double *out, int64_t stride);

/* in convolved along one axis. `wanted` is the output's box: along the other axes it lies inside
 * in's, along this one convolve_source of it does. Release *out with patch_free.
 * ERR_FAILED: no memory. */
bool convolve_axis(const struct patch *in, const struct kernel *k, int axis,
                   const struct border *border, const struct box *wanted, struct patch *out,
                   struct err *e);

#endif
