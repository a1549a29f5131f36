// make_dicom: deterministic DICOM fixtures for tests and for the demo. --help explains.
#include "dicom/object.h"

#include <dcmtk/oflog/oflog.h>

#include <cstdlib>
#include <cstring>

int main(int argc, char **argv)
{
    OFLog::configure(OFLogger::ERROR_LOG_LEVEL);
    if (argc == 2 && std::strcmp(argv[1], "--help") == 0) {
        gen::help();
        return 0;
    }
    if (argc == 3 && std::strcmp(argv[1], "--cohort") == 0) {
        gen::write_cohort(argv[2]);
        return 0;
    }
    if (argc == 3 && std::strcmp(argv[1], "--demo") == 0) {
        gen::write_demo(argv[2]);
        return 0;
    }
    if (argc == 6 && std::strcmp(argv[1], "--copies") == 0) {
        gen::write_copies(std::atoi(argv[2]), std::atoi(argv[3]), argv[4], argv[5]);
        return 0;
    }
    gen::Spec spec = gen::parse(argc, argv);
    if (spec.out.empty() && spec.structure_set.empty() && spec.segmentation.empty() &&
        spec.masks.empty())
        gen::fail(2, "nothing to write: give -o, --structure-set, --seg or --masks (--help)");
    gen::write_all(spec);
    return 0;
}
