/* Structure sets by DCMTK, which knows what may be forgiven. */
#include "shim/dicom_rtstruct_read.h"
#include "shim/dicom_stream.h"
#include "shim/dicom_whole.h"

using namespace radmill;

static bool read(const char *path, bool contours, struct rtstruct *set, struct err *e)
{
    DcmFileFormat file;
    text_reader text;
    OFCondition read = load_file(file, path, read_length(path));
    if (read.bad())
        return err_set(e, ERR_REFUSED, "%s: %s", path, read.text());
    if (class_of(file) != UID_RTStructureSetStorage)
        return err_set(e, ERR_REFUSED, "%s: not an RT structure set", path);
    read_rtstruct(*file.getDataset(), text, contours, set);
    set->forgiven = forgiven_in(file, text);
    return true;
}

bool rtstruct_read_by_dcmtk(const char *path, bool contours, struct rtstruct *set, struct err *e)
{
    *set = rtstruct{};
    const bool ok = dicom_guard(e, [&] { return read(path, contours, set, e); });
    if (!ok)
        rtstruct_free(set);
    return ok;
}
