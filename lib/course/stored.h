/* Stored samples to numbers: bits stored and sign. */
#ifndef RADMILL_COURSE_STORED_H
#define RADMILL_COURSE_STORED_H

#include "shim/dicom_header.h"

#include <stddef.h>

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
