/* C++ only, for the shims that read whole DICOM objects. */
#ifndef RADMILL_SHIM_DICOM_WHOLE_H
#define RADMILL_SHIM_DICOM_WHOLE_H

#include "shim/dicom_item.h"

#include <sys/stat.h>

namespace radmill
{

/* The longest element that is read into memory at once. The whole file: DCMTK would otherwise open
 * it again for each long element. Not more, since a wrong length must not lead to a large
 * allocation. */
inline Uint32 read_length(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0 || info.st_size < DCM_MaxReadLength)
        return DCM_MaxReadLength;
    return info.st_size > 0xfffffffe ? 0xfffffffe : static_cast<Uint32>(info.st_size);
}

} // namespace radmill

#endif
