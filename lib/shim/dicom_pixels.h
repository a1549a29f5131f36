/* The stored pixel values of one DICOM file, frame by frame: straight from the file when they are
 * uncompressed, through DCMTK's decoders (deflated, big endian, RLE, JPEG, JPEG-LS) or, for JPEG
 * 2000, through the image plugin (shim/foreign.h) otherwise. */
#ifndef RADMILL_SHIM_DICOM_PIXELS_H
#define RADMILL_SHIM_DICOM_PIXELS_H

#ifdef __cplusplus
extern "C" {
#endif

#include "base/err.h"
#include "shim/dicom_header.h"

struct dicom_pixels;

/* Opens path for reading frames; h is its header, borrowed until dicom_pixels_close. NULL: error.
 */
struct dicom_pixels *dicom_pixels_open(const char *path, const struct dicom_header *h,
                                       struct err *e);

/* Reads frame `frame` (from 0) into out: rows * columns samples of bits_allocated / 8 bytes in
 * native byte order, as stored (not masked to the bits stored, not rescaled), x fastest.
 * ERR_REFUSED: broken, truncated, or of a transfer syntax that radmill does not read. */
bool dicom_pixels_frame(struct dicom_pixels *p, size_t frame, void *out, struct err *e);
void dicom_pixels_close(struct dicom_pixels *p);

#ifdef __cplusplus
}
#endif

#endif
