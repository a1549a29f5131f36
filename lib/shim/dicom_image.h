/* C++ only, for dicom_header.cc: what an image header says. */
#ifndef RADMILL_SHIM_DICOM_IMAGE_H
#define RADMILL_SHIM_DICOM_IMAGE_H

#include "shim/dicom_header.h"
#include "shim/dicom_item.h"

namespace radmill
{

/* The texts of the data set; not the transfer syntax. */
void read_texts(const any_item &data, text_reader &text, struct dicom_header *h);

/* What only images have, but for their pixels; the texts are in h already. */
void read_image(const any_item &data, text_reader &text, struct dicom_header *h);

/* The whole header of a plain file into an empty one, without DCMTK. false, or not_plain is thrown:
 * DCMTK must read the file; h then holds what is to be freed. */
bool read_plain_header(const char *path, struct dicom_header *h);

} // namespace radmill

#endif
