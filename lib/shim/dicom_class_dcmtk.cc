#include "shim/dicom_class.h"
#include "shim/dicom_item.h"
#include "shim/dicom_stream.h"

#include <cstdio>

using namespace radmill;

bool dicom_class_by_dcmtk(const char *path, char uid[DICOM_UID_SIZE])
{
    uid[0] = '\0';
    return dicom_guard(nullptr, [&] {
        DcmFileFormat file;
        load_file(file, path, DCM_MaxReadLength, DCM_SOPInstanceUID);
        std::snprintf(uid, DICOM_UID_SIZE, "%s", class_of(file).c_str());
        return uid[0] != '\0';
    });
}
