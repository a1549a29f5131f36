/* C++ only, for dicom_seg.cc: the pixel data of segmentations. */
#ifndef RADMILL_SHIM_DICOM_SEG_PIXELS_H
#define RADMILL_SHIM_DICOM_SEG_PIXELS_H

#include "shim/dicom_decode.h"
#include "shim/dicom_seg.h"

#include <set>
#include <stdexcept>

namespace radmill
{

enum pixel_kind { BITS, FRACTION, LABELS };

/* Pixel data as the object stores it; the file stays open in memory as long as it is needed. */
struct pixel_store {
    DcmFileFormat file;
    decoded_pixels decoded; /* of compressed pixel data; else `byte` points into `file` */
    const Uint8 *byte = nullptr;
    size_t bytes = 0;
    pixel_kind kind = BITS;
    int64_t bits = 1;             /* per pixel: 1, 8 or 16 */
    int64_t maximum = 0;          /* FRACTION */
    std::set<int64_t> background; /* LABELS */
};

/* Thrown for a malformed object. */
[[noreturn]] void refuse_seg(const std::string &why);

/* By Segmentation Type (0062,0001). */
pixel_kind seg_kind_of(const std::string &type);

/* Rows, columns, bits per pixel: all that decides how many bytes there must be. */
void read_seg_layout(DcmItem &data, struct seg *s, pixel_store *p);

/* Pixel data of p->file, plain or compressed, for the frames of s. */
void read_seg_pixels(const char *path, const struct seg *s, pixel_store *p);

} // namespace radmill

#endif
