#include "masks/source.h"

#include "io/folder.h"

#include <stdlib.h>

static bool is_label_file(const char *name)
{
    static const char *const endings[] = {".nii", ".nii.gz", ".nrrd", ".nhdr", ".mha", ".mhd"};
    if (name[0] == '.')
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends_with(name, endings[i]))
            return true;
    return false;
}

bool source_files(const char *path, struct str_list *out, struct err *e)
{
    struct str_list found = {0};
    if (!folder_names(path, &found, NULL)) {
        str_list_add(out, path);
        return true;
    }
    bool any = false;
    for (size_t i = 0; i < found.n; i++) {
        if (!is_label_file(found.item[i]))
            continue;
        char *whole = path_join(path, found.item[i]);
        str_list_add(out, whole);
        free(whole);
        any = true;
    }
    str_list_free(&found);
    return any || err_set(e, ERR_REFUSED, "%s: no label map in this folder", path);
}
