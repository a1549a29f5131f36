/* C++ only: decodes compressed pixel data, by DCMTK or, for JPEG 2000, by the image plugin
 * (shim/foreign.h). For images and segmentations. */
#ifndef RADMILL_SHIM_DICOM_DECODE_H
#define RADMILL_SHIM_DICOM_DECODE_H

#include "shim/dicom_header.h"
#include "shim/dicom_item.h"

namespace radmill
{

/* What pixel data must be, as a header says. */
struct pixel_claim {
    const char *path;
    int64_t rows, columns, samples, bits_allocated;
    enum dicom_sample sample;
    size_t frames;

    size_t frame_bytes() const
    {
        return static_cast<size_t>(rows * columns * (bits_allocated / 8));
    }
};

/* Samples of all frames in native byte order; `bytes` points into the file that was decoded, or
 * into `own`. */
struct decoded_pixels {
    std::vector<unsigned char> own;
    const unsigned char *bytes = nullptr;
    size_t n = 0;
};

/* Refuses more bytes than a file of that size can hold: broken, or hostile. */
bool check_claim(const pixel_claim &claim, struct err *e);

/* Decodes the pixel data of `file`, which claim.path was read into. ERR_REFUSED: an encoding that
 * radmill does not read, truncated data, or data that do not match the claim. */
bool decode_pixels(const pixel_claim &claim, DcmFileFormat &file, decoded_pixels *out,
                   struct err *e);

} // namespace radmill

#endif
