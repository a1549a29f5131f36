/* DCMTK's data dictionary without its text files, which would be parsed whenever a tool starts: the
 * build prints the dictionary that DCMTK has on this machine (rules/dicom-dictionary.cc), and its
 * entries are added as they are. With DCMDICTPATH in the environment DCMTK reads what it names. */
#include "shim/dicom_item.h"

#include <dcmtk/dcmdata/dcdicent.h>
#include <dcmtk/dcmdata/dcdict.h>

#include <cstdlib>

namespace radmill
{

namespace
{

struct dictionary_row {
    Uint16 group, element, upper_group, upper_element;
    unsigned char vr, group_restriction, element_restriction; /* DCMTK's numbers */
    int vm_least, vm_most;
    const char *name, *creator; /* creator: null for elements of the standard */
};

const dictionary_row rows[] = {
#include "dicom_dictionary.inc"
};

const char path_variable[] = "DCMDICTPATH";

DcmDictEntry *entry_of(const dictionary_row &r)
{
    DcmDictEntry *entry = new DcmDictEntry(r.group, r.element, r.upper_group, r.upper_element,
                                           DcmVR(static_cast<DcmEVR>(r.vr)), r.name, r.vm_least,
                                           r.vm_most, nullptr, OFFalse, r.creator);
    entry->setGroupRangeRestriction(static_cast<DcmDictRangeRestriction>(r.group_restriction));
    entry->setElementRangeRestriction(static_cast<DcmDictRangeRestriction>(r.element_restriction));
    return entry;
}

} // namespace

void dicom_dictionary()
{
    if (std::getenv(path_variable))
        return;
    /* a path that cannot be: of an empty file DCMTK looks at a line that it never read */
    setenv(path_variable, "/dev/null/none", 1);
    DcmDataDictionary &dictionary = dcmDataDict.wrlock();
    unsetenv(path_variable);
    for (const dictionary_row &r : rows)
        dictionary.addEntry(entry_of(r));
    dcmDataDict.wrunlock();
}

} // namespace radmill
