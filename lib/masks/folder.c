#include "masks/source.h"

#include <dirent.h>
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
    DIR *folder = opendir(path);
    if (!folder) {
        str_list_add(out, path);
        return true;
    }
    struct str_list found = {0};
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (is_label_file(entry->d_name))
            str_list_add(&found, entry->d_name);
    closedir(folder);
    str_list_sort(&found);
    for (size_t i = 0; i < found.n; i++) {
        char *whole = path_join(path, found.item[i]);
        str_list_add(out, whole);
        free(whole);
    }
    bool any = found.n > 0;
    str_list_free(&found);
    return any || err_set(e, ERR_REFUSED, "%s: no label map in this folder", path);
}
