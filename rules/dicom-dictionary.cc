/* Prints DCMTK's data dictionary, as this machine has it, as rows of lib/shim/dicom_dictionary.cc.
 * A program of the build: DCMTK reads its dictionary from text files whenever a program starts,
 * which took four fifths of the instructions of our DICOM tools on a small series. */
#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdicent.h>
#include <dcmtk/dcmdata/dcdict.h>

#include <cstdio>
#include <cstdlib>

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

int main()
{
    DcmDataDictionary dictionary(OFTrue, OFTrue);
    if (dictionary.numberOfNormalTagEntries() < 1000) {
        std::fputs("DCMTK finds no data dictionary (is dcmtk's data package installed, or "
                   "DCMDICTPATH set?)\n",
                   stderr);
        return EXIT_FAILURE;
    }
    for (DcmHashDictIterator i = dictionary.normalBegin(); i != dictionary.normalEnd(); ++i)
        print_entry(**i);
    for (DcmDictEntryListIterator i = dictionary.repeatingBegin(); i != dictionary.repeatingEnd();
         ++i)
        print_entry(**i);
    return std::fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
