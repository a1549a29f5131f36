/* C++ only: decodes compressed pixel data, by DCMTK or, for JPEG 2000, by the image plugin
 * (shim/foreign.h). For images and segmentations. */
#ifndef RADMILL_SHIM_DICOM_DECODE_H
#define RADMILL_SHIM_DICOM_DECODE_H

#include "shim/dicom_claim.h"
#include "shim/dicom_item.h"

namespace radmill
{

/* Samples of all frames in native byte order; `bytes` points into the file that was decoded, or
 * into `own`. */
struct decoded_pixels {
    std::vector<unsigned char> own;
    const unsigned char *bytes = nullptr;
    size_t n = 0;
};

/* Decodes the pixel data of `file`, which claim.path was read into. ERR_REFUSED: an encoding that
 * radmill does not read, truncated data, or data that do not match the claim. */
bool decode_pixels(const pixel_claim &claim, DcmFileFormat &file, decoded_pixels *out,
                   struct err *e);

} // namespace radmill

#endif
