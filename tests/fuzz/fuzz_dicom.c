#include "fuzz.h"

#include "course/assemble.h"

#include <stdlib.h>

/* Volumes beyond this are read by the tests; here they would only cost time. */
enum { MOST_VOXELS = 1 << 20 };

static void convert(struct course_file *file)
{
    const struct course_file *const files[] = {file};
    struct series series;
    struct series_drops drops;
    struct err e = {0};
    if (series_arrange(files, 1, &series, &drops, &e)) {
        struct volume volume;
        struct volume_facts facts;
        if (grid_voxels(&series.grid) <= MOST_VOXELS) {
            if (assemble("/", &series, NULL, &volume, &facts, &e))
                volume_free(&volume);
            else if (!e.text[0])
                abort();
        }
    } else if (!e.text[0]) {
        abort(); /* a refusal must have a reason */
    }
    series_free(&series);
    series_drops_free(&drops);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct err e = {0};
    struct course_file file = {.path = (char *)fuzz_file(data, n)};
    if (!dicom_header_read(file.path, &file.header, &e)) {
        if (!e.text[0])
            abort();
        return 0;
    }
    convert(&file);
    dicom_header_free(&file.header);
    return 0;
}
