#include "io/folder.h"

#include <dirent.h>
#include <errno.h>

bool folder_names(const char *path, struct str_list *names, struct err *e)
{
    struct str_list found = {0};
    DIR *d = opendir(path);
    if (!d)
        return err_errno(e, "reading %s", path);
    for (const struct dirent *entry; (errno = 0, entry = readdir(d)) != NULL;)
        if (entry->d_name[0] != '.')
            str_list_add(&found, entry->d_name);
    bool whole = errno == 0 || err_errno(e, "reading %s", path);
    closedir(d);
    if (!whole) {
        str_list_free(&found);
        return false;
    }
    str_list_sort(&found);
    for (size_t i = 0; i < found.n; i++)
        str_list_add(names, found.item[i]);
    str_list_free(&found);
    return true;
}
