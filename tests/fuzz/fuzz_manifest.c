#include "fuzz.h"

#include "course/manifest.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const wanted[] = {NULL, "P1/2020-01_CT_abcdef"};
    const char *path = fuzz_file(data, n);
    for (int i = 0; i < 2; i++) {
        struct manifest_course course;
        struct err e = {0};
        if (manifest_read_course(path, wanted[i], &course, &e))
            manifest_course_free(&course);
        else if (!e.text[0])
            abort(); /* a refusal must have a reason */
    }
    return 0;
}
