/* DICOM headers: what a scan reads of every file, and the geometry and SUV factors that follow. */
#include "fuzz.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char uid[DICOM_UID_SIZE];
    const char *path = fuzz_file(data, n);
    fuzz_series(path, use);
    dicom_class(path, uid);
    return 0;
}
