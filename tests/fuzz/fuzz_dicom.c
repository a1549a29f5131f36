/* DICOM headers: what a scan reads of every file, and the geometry and SUV factors that follow.
 * What the quick reader of plain files finds must be what DCMTK finds. */
#include "fuzz.h"

#include "../gen/same_header.h"
#include "course/suv.h"
#include "shim/dicom_class.h"

#include <stdlib.h>

static void use(const struct series *s)
{
    struct err e = {0};
    double factor[1], uptake_s;
    struct str_list notes = {0};
    if (!grid_voxels(&s->grid) || (!suv_factors(s, factor, &notes, &e) && !e.text[0]))
        abort();
    suv_uptake(s, &uptake_s);
    str_list_free(&notes);
}

static void read_both_ways(const char *path)
{
    struct err e = {0};
    struct dicom_header quick, slow;
    if (!dicom_header_read_plainly(path, &quick))
        return;
    if (!dicom_header_read_by_dcmtk(path, &slow, &e) || header_difference(&quick, &slow))
        abort();
    dicom_header_free(&quick);
    dicom_header_free(&slow);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char uid[DICOM_UID_SIZE], other[DICOM_UID_SIZE];
    const char *path = fuzz_file(data, n);
    read_both_ways(path);
    fuzz_series(path, use);
    if (dicom_class_plainly(path, uid) &&
        (!dicom_class_by_dcmtk(path, other) || strcmp(uid, other) != 0))
        abort();
    dicom_class(path, uid);
    return 0;
}
