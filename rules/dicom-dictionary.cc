/* Prints DCMTK's data dictionary, as this machine has it, as rows of lib/shim/dicom_dictionary.cc;
 * with the argument "vrs", what lib/shim/dicom_vrs.cc wants to know of it. A program of the build:
 * DCMTK reads its dictionary from text files whenever a program starts, which took four fifths of
 * the instructions of our DICOM tools on a small series. */
#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdicent.h>
#include <dcmtk/dcmdata/dcdict.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <set>

static void print_text(const char *text)
{
    if (!text) {
        std::fputs("nullptr", stdout);
        return;
    }
    std::putchar('"');
    for (const char *c = text; *c; c++)
        std::printf(*c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
    std::putchar('"');
}

static void print_entry(const DcmDictEntry &e)
{
    std::printf("{0x%04x, 0x%04x, 0x%04x, 0x%04x, %d, %d, %d, %d, %d, ", e.getGroup(),
                e.getElement(), e.getUpperGroup(), e.getUpperElement(), int(e.getEVR()),
                int(e.getGroupRangeRestriction()), int(e.getElementRangeRestriction()),
                e.getVMMin(), e.getVMMax());
    print_text(e.getTagName());
    std::fputs(", ", stdout);
    print_text(e.getPrivateCreator());
    std::puts("},");
}

static void print_entries(DcmDataDictionary &dictionary)
{
    for (DcmHashDictIterator i = dictionary.normalBegin(); i != dictionary.normalEnd(); ++i)
        print_entry(**i);
    for (DcmDictEntryListIterator i = dictionary.repeatingBegin(); i != dictionary.repeatingEnd();
         ++i)
        print_entry(**i);
}

/* The VRs of the standard's elements in ascending order of tags, and the elements of private groups
 * that are sequences whoever owns the block. */
static void print_vrs(DcmDataDictionary &dictionary)
{
    std::map<unsigned, const char *> standard;
    std::set<unsigned> sequences;
    for (DcmHashDictIterator i = dictionary.normalBegin(); i != dictionary.normalEnd(); ++i) {
        const DcmDictEntry &e = **i;
        if (!e.getPrivateCreator() && e.getGroup() % 2 == 0)
            standard[static_cast<unsigned>(e.getGroup()) << 16 | e.getElement()] =
                DcmVR(e.getEVR()).getVRName();
        else if (e.getEVR() == EVR_SQ)
            sequences.insert(static_cast<unsigned>(e.getGroup()) << 16 | (e.getElement() & 0xff));
    }
    for (const auto &row : standard)
        if (std::strlen(row.second) == 2)
            std::printf("STANDARD(0x%08x, '%c', '%c')\n", row.first, row.second[0], row.second[1]);
    for (unsigned tag : sequences)
        std::printf("PRIVATE_SEQUENCE(0x%08x)\n", tag);
}

int main(int argc, char **argv)
{
    DcmDataDictionary dictionary(OFTrue, OFTrue);
    if (dictionary.numberOfNormalTagEntries() < 1000) {
        std::fputs("DCMTK finds no data dictionary (is dcmtk's data package installed, or "
                   "DCMDICTPATH set?)\n",
                   stderr);
        return EXIT_FAILURE;
    }
    if (argc > 1 && std::strcmp(argv[1], "vrs") == 0)
        print_vrs(dictionary);
    else
        print_entries(dictionary);
    return std::fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
