#include "io/volume_file.h"

#include "io/meta.h"
#include "io/nii.h"
#include "io/nrrd.h"
#include "shim/foreign.h"

#include <string.h>

bool volume_file_is_ours(const char *path)
{
    return strcmp(path, "-") != 0 &&
           (nii_recognise(path) || nrrd_recognise(path) || meta_recognise(path));
}

bool volume_file_read(const char *path, struct volume *out, struct err *e)
{
    if (nii_recognise(path))
        return nii_read(path, out, e);
    if (nrrd_recognise(path))
        return nrrd_read(path, out, e);
    if (meta_recognise(path))
        return meta_read(path, out, e);
    return foreign_volume_read(path, out, e);
}
