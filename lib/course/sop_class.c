#include "course/sop_class.h"

#include "shim/dicom_header.h"

#include <stddef.h>
#include <string.h>

static const struct sop_class table[] = {
    {"1.2.840.10008.5.1.4.1.1.2", SOP_IMAGE, "CT image"},
    {"1.2.840.10008.5.1.4.1.1.2.1", SOP_IMAGE, "enhanced CT image"},
    {"1.2.840.10008.5.1.4.1.1.2.2", SOP_IMAGE, "converted enhanced CT image"},
    {"1.2.840.10008.5.1.4.1.1.4", SOP_IMAGE, "MR image"},
    {"1.2.840.10008.5.1.4.1.1.4.1", SOP_IMAGE, "enhanced MR image"},
    {"1.2.840.10008.5.1.4.1.1.4.4", SOP_IMAGE, "converted enhanced MR image"},
    {"1.2.840.10008.5.1.4.1.1.128", SOP_IMAGE, "PET image"},
    {"1.2.840.10008.5.1.4.1.1.128.1", SOP_IMAGE, "converted enhanced PET image"},
    {"1.2.840.10008.5.1.4.1.1.130", SOP_IMAGE, "enhanced PET image"},
    {DICOM_CLASS_OF_RTSTRUCT, SOP_RTSTRUCT, "RT structure set"},
    {DICOM_CLASS_OF_SEG, SOP_SEG, "segmentation"},
    {DICOM_CLASS_OF_LABELMAP, SOP_SEG, "label map segmentation"},
    {"1.2.840.10008.1.3.10", SOP_OTHER, "DICOMDIR"},
    {"1.2.840.10008.5.1.4.1.1.7", SOP_OTHER, "secondary capture"},
    {"1.2.840.10008.5.1.4.1.1.66", SOP_OTHER, "raw data"},
    {"1.2.840.10008.5.1.4.1.1.66.1", SOP_OTHER, "spatial registration"},
    {"1.2.840.10008.5.1.4.1.1.66.3", SOP_OTHER, "deformable registration"},
    {"1.2.840.10008.5.1.4.1.1.66.5", SOP_OTHER, "surface segmentation"},
    {"1.2.840.10008.5.1.4.1.1.67", SOP_OTHER, "real world value mapping"},
    {"1.2.840.10008.5.1.4.1.1.88.11", SOP_OTHER, "structured report"},
    {"1.2.840.10008.5.1.4.1.1.88.22", SOP_OTHER, "structured report"},
    {"1.2.840.10008.5.1.4.1.1.88.33", SOP_OTHER, "structured report"},
    {"1.2.840.10008.5.1.4.1.1.88.67", SOP_OTHER, "radiation dose report"},
    {"1.2.840.10008.5.1.4.1.1.104.1", SOP_OTHER, "PDF document"},
    {"1.2.840.10008.5.1.4.1.1.11.1", SOP_OTHER, "presentation state"},
    {"1.2.840.10008.5.1.4.1.1.4.2", SOP_OTHER, "MR spectroscopy"},
    {"1.2.840.10008.5.1.4.1.1.481.1", SOP_OTHER, "RT image"},
    {"1.2.840.10008.5.1.4.1.1.481.2", SOP_OTHER, "RT dose"},
    {"1.2.840.10008.5.1.4.1.1.481.4", SOP_OTHER, "RT beams treatment record"},
    {"1.2.840.10008.5.1.4.1.1.481.5", SOP_OTHER, "RT plan"},
    {"1.2.840.10008.5.1.4.1.1.481.8", SOP_OTHER, "RT ion plan"},
};

static const struct sop_class unknown = {"", SOP_OTHER, "object of another class"};

const struct sop_class *sop_class_of(const char *uid)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].uid, uid) == 0)
            return &table[i];
    return &unknown;
}
