#include "shim/dicom_class.h"

#include "shim/dicom_item.h"
#include "shim/dicom_stream.h"

#include <cstdio>
#include <cstring>

using namespace radmill;

namespace
{

/* By the letters DICM; or, without a preamble, by a first element of group 2 or 8. */
bool may_be_dicom(const char *path)
{
    unsigned char head[132] = {};
    std::FILE *file = std::fopen(path, "rb");
    if (!file)
        return false;
    size_t got = std::fread(head, 1, sizeof head, file);
    std::fclose(file);
    if (got == sizeof head && std::memcmp(head + 128, "DICM", 4) == 0)
        return true;
    bool little = (head[0] == 2 || head[0] == 8) && head[1] == 0 && head[3] == 0;
    bool big = head[0] == 0 && (head[1] == 2 || head[1] == 8) && head[2] == 0;
    return got > 16 && (little || big);
}

} // namespace

bool dicom_class(const char *path, char uid[DICOM_UID_SIZE])
{
    uid[0] = '\0';
    if (!may_be_dicom(path))
        return false;
    return dicom_guard(nullptr, [&] {
        DcmFileFormat file;
        load_file(file, path, DCM_MaxReadLength, DCM_SOPInstanceUID);
        std::snprintf(uid, DICOM_UID_SIZE, "%s", class_of(file).c_str());
        return uid[0] != '\0';
    });
}
