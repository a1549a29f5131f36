/* C++ only: what a header says of pixel data. */
#ifndef RADMILL_SHIM_DICOM_CLAIM_H
#define RADMILL_SHIM_DICOM_CLAIM_H

#include "shim/dicom_header.h"

#include <cstddef>

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

/* Refuses more bytes than a file of that size can hold: broken, or hostile. */
bool check_claim(const pixel_claim &claim, struct err *e);

} // namespace radmill

#endif
