/* A folder of the test's own: made before its group of tests, removed after it. */
#ifndef RADMILL_TESTS_IO_FOLDER_H
#define RADMILL_TESTS_IO_FOLDER_H

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char folder[] = "/tmp/radmill-nii-XXXXXX";

static inline int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static inline int remove_folder(void **state)
{
    (void)state;
    struct str command = {0};
    str_addf(&command, "rm -rf '%s'", folder);
    int status = system(str_text(&command));
    str_free(&command);
    return status;
}

static inline const char *in_folder(const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* A file in the folder: header, then n bytes. The path is good until the next call. */
static inline const char *write_in_folder(const char *name, const char *header, const void *data,
                                          size_t n)
{
    const char *path = in_folder(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fwrite(header, 1, strlen(header), f) == strlen(header));
    assert_true(fwrite(data, 1, n, f) == n && fclose(f) == 0);
    return path;
}

#endif
