/* Fourier transforms of boxes, along the axes that are asked for. */
#ifndef RADMILL_ENGINE_SIGNAL_SPECTRUM_H
#define RADMILL_ENGINE_SIGNAL_SPECTRUM_H

#include "base/err.h"

#include <stdint.h>

/* A box of complex numbers, x fastest. */
struct spectrum {
    int64_t size[3];
    double *re, *im;
};

bool spectrum_alloc(struct spectrum *s, const int64_t size[3], struct err *e); /* zeroed */
void spectrum_free(struct spectrum *s); /* zeroed s is fine; leaves it zeroed */

/* The transform along every axis a with axes[a], in place. Backward divides by the number of
 * elements transformed together, so that it undoes the forward one. ERR_FAILED: memory. */
bool spectrum_forward(struct spectrum *s, const bool axes[3], struct err *e);
bool spectrum_backward(struct spectrum *s, const bool axes[3], struct err *e);

/* Backward where only the part of `size` elements from `lo` on is wanted; the rest is undefined. */
bool spectrum_backward_part(struct spectrum *s, const bool axes[3], const int64_t lo[3],
                            const int64_t size[3], struct err *e);

/* s = s * factor, element by element; both of one size. */
void spectrum_multiply(struct spectrum *s, const struct spectrum *factor);

#endif
