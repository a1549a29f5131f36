#include "shim/dicom_rtstruct.h"

#include "shim/dicom_class.h"
#include "shim/dicom_plain_open.h"
#include "shim/dicom_rtstruct_read.h"

using namespace radmill;

bool rtstruct_read_plainly(const char *path, bool contours, struct rtstruct *set)
{
    *set = rtstruct{};
    const bool ok = guard_plain(nullptr, [&] {
        const open_file source(path);
        const auto bytes = source.read(source.whole());
        plain_file file;
        text_reader text;
        if (!bytes ||
            plain_parse_object(bytes.get(), source.whole(), &file) != plain_outcome::PLAIN ||
            plain_class(file) != DICOM_CLASS_OF_RTSTRUCT)
            return false;
        read_rtstruct(file.data, text, contours, set);
        return true;
    });
    if (!ok)
        rtstruct_free(set);
    return ok;
}

bool rtstruct_read(const char *path, bool contours, struct rtstruct *set, struct err *e)
{
    return rtstruct_read_plainly(path, contours, set) ||
           rtstruct_read_by_dcmtk(path, contours, set, e);
}
