/* DICOM file -> header -> series of one file, as a scan makes it of a folder. */
#include "fuzz.h"

#include "course/assemble.h"

#include <stdlib.h>

/* Volumes beyond this are read by the tests; here they would only cost time. */
enum { MOST_VOXELS = 1 << 20 };

void fuzz_assemble(const struct series *s)
{
    struct err e = {0};
    struct volume volume;
    struct volume_facts facts;
    const struct value_rules rules = {.identity_rescale = true};
    const struct assembly how[] = {{.stored_bits = STORED_REFUSE}, {.stored_bits = STORED_ALL}};
    if (grid_voxels(&s->grid) > MOST_VOXELS)
        return;
    bool ok = values_check(s, &rules, &e);
    for (size_t i = 0; ok && i < sizeof how / sizeof *how; i++) {
        ok = assemble("/", s, &how[i], &volume, &facts, &e);
        if (ok)
            volume_free(&volume);
    }
    if (!ok && !e.text[0])
        abort(); /* a refusal must have a reason */
}

/* As the scan arranges it, with missing slices made up; each volume of it. */
static void arrange(const struct course_file *file, void (*use)(const struct series *))
{
    struct series_list list;
    struct series_drops drops;
    struct err e = {0};
    const struct series_wish wish = {.root = "/", .interpolate = true};
    bool ok = series_arrange(&file, 1, &wish, &list, &drops, &e);
    if (!ok && !e.text[0])
        abort(); /* a refusal must have a reason */
    for (size_t i = 0; ok && i < list.n; i++) {
        if (list.item[i].refusal ? !list.item[i].refusal[0] : list.item[i].planes == 0)
            abort();
        if (!list.item[i].refusal)
            use(&list.item[i]);
    }
    series_list_free(&list);
    series_drops_free(&drops);
}

void fuzz_series(const char *path, void (*use)(const struct series *))
{
    struct err e = {0};
    struct course_file file = {.path = (char *)path};
    if (dicom_header_read(path, &file.header, &e)) {
        arrange(&file, use);
        dicom_header_free(&file.header);
    } else if (!e.text[0]) {
        abort();
    }
}
