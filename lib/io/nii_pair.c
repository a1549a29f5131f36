/* The names of a NIfTI pair: x.hdr and x.img, each perhaps compressed. */
#include "base/mem.h"
#include "base/str.h"
#include "io/nii_private.h"

#include <string.h>
#include <unistd.h>

static const char *const endings[] = {".hdr", ".img", ".hdr.gz", ".img.gz", NULL};

/* Length of path without its ending of a pair; 0: it has none. */
static size_t stem_of(const char *path)
{
    for (const char *const *ending = endings; *ending; ending++)
        if (str_ends_with(path, *ending))
            return strlen(path) - strlen(*ending);
    return 0;
}

bool nii_pair_member(const char *path)
{
    return stem_of(path) > 0;
}

/* The first of both that exists, else NULL. */
static char *member(const char *path, const char *plain, const char *compressed)
{
    const char *const both[] = {plain, compressed};
    size_t stem = stem_of(path);
    for (int i = 0; stem && i < 2; i++) {
        struct str file = {0};
        str_addf(&file, "%.*s%s", (int)stem, path, both[i]);
        if (access(file.text, F_OK) == 0)
            return str_take(&file);
        str_free(&file);
    }
    return NULL;
}

char *nii_pair_header(const char *path)
{
    char *file = member(path, ".hdr", ".hdr.gz");
    return file ? file : mem_strdup(path);
}

char *nii_pair_voxels(const char *path)
{
    return member(path, ".img", ".img.gz");
}
