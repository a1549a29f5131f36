/* The plugin's own file; the rest of it is what these functions need (rules/objects.mk). */
#include "shim/dicom_calls.h"

#include "version.h"

const struct dicom_calls *radmill_dicom_calls(void)
{
    static const struct dicom_calls calls = {
        .release = RADMILL_VERSION,
        .dicom_class_by_dcmtk = dicom_class_by_dcmtk,
        .dicom_header_read_by_dcmtk = dicom_header_read_by_dcmtk,
        .dicom_decoded_read = dicom_decoded_read,
        .dicom_decoded_bytes = dicom_decoded_bytes,
        .dicom_decoded_free = dicom_decoded_free,
        .rtstruct_read_by_dcmtk = rtstruct_read_by_dcmtk,
        .seg_read = seg_read,
        .seg_row = seg_row,
        .seg_free = seg_free,
    };
    return &calls;
}
