/* The pixels of one DICOM file that is not plain: all frames, decoded. For shim/dicom_pixels.h. */
#ifndef RADMILL_SHIM_DICOM_DECODED_H
#define RADMILL_SHIM_DICOM_DECODED_H

#ifdef __cplusplus
extern "C" {
#endif

#include "base/err.h"
#include "shim/dicom_header.h"

struct dicom_decoded;

/* Decodes path, whose header is h. NULL: error, as of dicom_pixels_open. */
struct dicom_decoded *dicom_decoded_read(const char *path, const struct dicom_header *h,
                                         struct err *e);

/* All samples, as dicom_pixels_frame gives them. */
const unsigned char *dicom_decoded_bytes(const struct dicom_decoded *d);

void dicom_decoded_free(struct dicom_decoded *d); /* NULL is fine */

#ifdef __cplusplus
}
#endif

#endif
