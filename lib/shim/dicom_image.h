/* C++ only, for dicom_header*.cc: what an image header says. */
#ifndef RADMILL_SHIM_DICOM_IMAGE_H
#define RADMILL_SHIM_DICOM_IMAGE_H

#include "shim/dicom_header.h"
#include "shim/dicom_read.h"

namespace radmill
{

/* A header of nothing. */
void dicom_header_empty(struct dicom_header *h);

/* What they hold. */
void dicom_roi_free(struct dicom_roi *r);
void dicom_reference_free(struct dicom_reference *r);

bool is_segmentation_class(const char *sop_class); /* SEG, or label map */

/* The texts of the data set; not the transfer syntax. */
void read_texts(const any_item &data, text_reader &text, struct dicom_header *h);

/* What only images have, but for their pixels; the texts are in h already. */
void read_image(const any_item &data, text_reader &text, struct dicom_header *h);

} // namespace radmill

#endif
