/* One real slice after the other through the same few kernels, by Fourier transforms; what comes
 * out is the pooled modulus. For gabor.c.
 *
 * A transform along one axis works on FFT_LANES lines side by side, so that everything is kept in
 * strips of that many: spectra as strips of columns, slices as strips of rows. Only the rows that
 * are wanted are transformed back along them, and only the columns in which a kernel has a
 * spectrum: a Gabor filter lets through a narrow band. */
#ifndef RADMILL_ENGINE_RESPONSES_GABOR_SLICE_H
#define RADMILL_ENGINE_RESPONSES_GABOR_SLICE_H

#include "engine/responses/separable.h"

struct slice_filter;

/* Slices of `wanted` elements along their axes p and q, and as far beyond these as the kernels
 * reach. Release *out with slice_filter_destroy. ERR_FAILED: no memory. */
bool slice_filter_create(const int64_t wanted[2], const int64_t reach[2], int n_kernels,
                         struct slice_filter **out, struct err *e);
void slice_filter_destroy(struct slice_filter *f); /* NULL is fine */

/* The value of a kernel at a distance from its middle. The kernel must be the conjugate of itself
 * mirrored at its middle, which makes its spectrum real. */
typedef void slice_kernel(const void *context, int64_t dp, int64_t dq, double *re, double *im);
void slice_filter_kernel(struct slice_filter *f, int number, slice_kernel *value,
                         const void *context);

/* The slice to work on: `slice` is its first element, of wanted + 2 reach along each axis, with
 * `stride` between neighbours. */
void slice_filter_load(struct slice_filter *f, const double *slice, const int64_t stride[2]);

/* Pools the moduli of the responses to all kernels with what `out` holds, which has `wanted`
 * elements; is_first: it holds nothing yet. POOL_MEAN adds up, as POOL_SUM does. */
void slice_filter_pool(struct slice_filter *f, enum pooling how, bool is_first, double *out,
                       const int64_t stride[2]);

#endif
