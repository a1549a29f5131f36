#include "shim/dicom_header.h"

#include "shim/dicom_image.h"

#include <cstdlib>
#include <cstring>

using namespace radmill;

void radmill::dicom_header_empty(struct dicom_header *h)
{
    std::memset(h, 0, sizeof *h);
    h->pixel_offset = -1;
}

bool radmill::is_segmentation_class(const char *sop_class)
{
    return std::strcmp(sop_class, DICOM_CLASS_OF_SEG) == 0 ||
           std::strcmp(sop_class, DICOM_CLASS_OF_LABELMAP) == 0;
}

void radmill::dicom_roi_free(struct dicom_roi *r)
{
    std::free(r->name);
    std::free(r->frame_of_reference);
    std::free(r->image);
}

void radmill::dicom_reference_free(struct dicom_reference *r)
{
    std::free(r->frame_of_reference);
    std::free(r->series);
    std::free(r->image);
}

static void names_free(struct dicom_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        std::free(names->item[i]);
    std::free(names->item);
}

void dicom_header_free(struct dicom_header *h)
{
    for (char *text : h->text)
        std::free(text);
    std::free(h->damage);
    for (size_t i = 0; i < h->rois; i++)
        dicom_roi_free(&h->roi[i]);
    for (size_t i = 0; i < h->references; i++)
        dicom_reference_free(&h->reference[i]);
    std::free(h->reference);
    std::free(h->roi);
    std::free(h->frame);
    names_free(&h->instances);
    names_free(&h->frame_types);
    std::memset(h, 0, sizeof *h);
}
