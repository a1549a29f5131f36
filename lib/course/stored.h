/* Stored pixel values to the numbers that they mean: bits stored, sign, rescale. */
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
 * without being its sign's copies. Zeros above a negative number are none. */
size_t stored_beyond(const struct dicom_header *h, const void *raw, size_t n);

/* Gives samples that stay within the stored bits the width of the allocated ones, in place, so that
 * a header with all bits stored reads these as before and the others whole. Only where the stored
 * bits begin at bit 0. */
void stored_widen(const struct dicom_header *h, void *raw, size_t n);

#endif
