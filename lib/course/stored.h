/* Stored samples to numbers: bits stored and sign. */
#ifndef RADMILL_COURSE_STORED_H
#define RADMILL_COURSE_STORED_H

#include "shim/dicom_header.h"

#include <stddef.h>

/* Bits of a sample that count: from (high bit - bits stored + 1) to the high bit; what else the
 * sample holds (overlays, of old) does not. */
struct sample_bits {
    int shift;
    uint32_t mask, sign; /* sign: the top bit of a signed sample, after the shift; else 0 */
};

static inline struct sample_bits sample_bits(const struct dicom_header *h)
{
    struct sample_bits b = {.shift = (int)(h->high_bit + 1 - h->bits_stored)};
    b.mask = h->bits_stored >= 32 ? UINT32_MAX : ((uint32_t)1 << h->bits_stored) - 1;
    b.sign = h->is_signed ? (uint32_t)1 << (h->bits_stored - 1) : 0;
    return b;
}

/* (x ^ sign) - sign extends the sign; the subtraction wraps as unsigned numbers do. */
static inline int32_t sample_cut(uint32_t sample, struct sample_bits b)
{
    uint32_t x = sample >> b.shift & b.mask;
    return (int32_t)((x ^ b.sign) - b.sign);
}

/* n samples as dicom_pixels_frame gives them, cut to the bits stored and sign-extended
 * (PS3.5, 8.1.1), as int32. false for unsigned samples beyond int32. Only for
 * DICOM_SAMPLE_INT. */
bool stored_to_int(const struct dicom_header *h, const void *raw, size_t n, int32_t *out);

/* The same as doubles, for every kind of sample. */
void stored_to_double(const struct dicom_header *h, const void *raw, size_t n, double *out);

/* How many of n samples use bits that are not stored ones: below the lowest, or above the high bit
 * and not copies of the sign. Zeros above a negative number do not count. */
size_t stored_beyond(const struct dicom_header *h, const void *raw, size_t n);

/* Sign-extends samples that stay within the stored bits to all allocated bits, in place, so that a
 * header with all bits stored reads these unchanged and the other samples with all their bits. Only
 * when the stored bits begin at bit 0. */
void stored_widen(const struct dicom_header *h, void *raw, size_t n);

#endif
