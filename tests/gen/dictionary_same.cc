/* dictionary_same: is the dictionary that our DICOM tools start with the one that DCMTK would have
 * read? Prints how many entries were compared, and the first difference. */
#include "shim/dicom_item.h"

#include <dcmtk/dcmdata/dcdicent.h>
#include <dcmtk/dcmdata/dcdict.h>

#include <cstdio>
#include <cstring>

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && std::strcmp(a, b) == 0);
}

static bool same(const DcmDictEntry &a, const DcmDictEntry &b)
{
    return a.setEQ(b) && a.getEVR() == b.getEVR() && a.getVMMin() == b.getVMMin() &&
           a.getVMMax() == b.getVMMax() && same_text(a.getTagName(), b.getTagName()) &&
           same_text(a.getPrivateCreator(), b.getPrivateCreator());
}

static bool differs(const DcmDictEntry &a, const DcmDictEntry *b)
{
    if (b && same(a, *b))
        return false;
    std::printf("(%04x,%04x) %s: %s\n", a.getGroup(), a.getElement(), a.getTagName(),
                b ? b->getTagName() : "not there");
    return true;
}

/* Each plain entry is found by its tag and creator. */
static bool plain_differ(DcmDataDictionary &read, DcmDataDictionary &ours)
{
    for (DcmHashDictIterator i = read.normalBegin(); i != read.normalEnd(); ++i)
        if (differs(**i, ours.findEntry((*i)->getKey(), (*i)->getPrivateCreator())))
            return true;
    return read.numberOfNormalTagEntries() != ours.numberOfNormalTagEntries();
}

/* Those of ranges of tags stand in the same order: the first that fits counts. */
static bool repeating_differ(DcmDataDictionary &read, DcmDataDictionary &ours)
{
    DcmDictEntryListIterator i = read.repeatingBegin(), k = ours.repeatingBegin();
    for (; i != read.repeatingEnd() && k != ours.repeatingEnd(); ++i, ++k)
        if (differs(**i, *k))
            return true;
    return read.numberOfRepeatingTagEntries() != ours.numberOfRepeatingTagEntries();
}

int main()
{
    DcmDataDictionary read(OFTrue, OFTrue);
    radmill::dicom_start();
    DcmDataDictionary &ours = dcmDataDict.wrlock();
    bool differ = plain_differ(read, ours) || repeating_differ(read, ours);
    dcmDataDict.wrunlock();
    std::printf("%d and %d entries\n", read.numberOfNormalTagEntries(),
                read.numberOfRepeatingTagEntries());
    return differ || read.numberOfNormalTagEntries() < 1000;
}
