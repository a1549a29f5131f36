/* One undecimated periodic convolution along one axis, on parts of a periodic volume. Private to
 * the wavelet filter. */
#ifndef RADMILL_ENGINE_FILTERS_WAVELET_PASS_H
#define RADMILL_ENGINE_FILTERS_WAVELET_PASS_H

#include "base/err.h"

#include <stdint.h>

/* Indices lo .. lo + length - 1 of an axis of `period` samples that repeats for ever. lo may be
 * negative; a span as long as the period stands for the whole axis, with lo = 0. */
struct span {
    int64_t lo, length, period;
};

/* Samples of the product of three spans, x fastest: float or double. */
struct cube {
    struct span span[3];
    bool single; /* float */
    void *data;
};

bool cube_alloc(struct cube *c,
                struct err *e); /* for c->span and c->single; data to mem_big_free */

/* Place of index i in the samples of s. */
int64_t span_place(const struct span *s, int64_t i);

/* s with the samples that a filter of `taps` coefficients reads beyond it. */
struct span span_grown(const struct span *s, int taps);

/* out[n] = sum_j h[j] * in[n + taps/2 - j] along `axis`; h is float or double as the cubes are. The
 * sum runs j = 0, 1, .. as PyWavelets', except where n + taps/2 passes the end of the period by c:
 * there j = c, .. 0 and then c + 1, .. (specification 5.3). out->span: along the axis any part that
 * span_grown leads into in->span, on the other axes part of in->span. out->data is written.
 * scratch: room for in->span[0].period + taps samples. */
void wavelet_pass(const struct cube *in, int axis, const void *h, int taps, void *scratch,
                  const struct cube *out);

/* The same sum across planes of `count` samples, by one filter or by two: results n .. n + results
 * - 1 of h[f] one after the other in out[f]. plane[t], of taps + results - 1: index n - taps/2 + 1
 * + t. s: the axis across the planes. */
struct wavelet_planes {
    const struct span *s;
    int64_t n;
    int results, taps, filters;
    int64_t count;
    bool single;
    const void *const *plane;
    const void *h[2];
    void *out[2];
};
void wavelet_combine(const struct wavelet_planes *p);

#endif
