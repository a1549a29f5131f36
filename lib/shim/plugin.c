#include "shim/plugin.h"

#include "base/str.h"

#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Where the plugin lies, seen from the folder of the program or library that this is part of:
 * beside bin/ in the source tree, beside a bin/ inside a build folder, installed, and for unit
 * tests; a library's in its own folder, too. */
static const char *const places[] = {
    "../build/plugins", "../plugins", "../libexec/radmill", "../../../plugins", ".", NULL,
};

/* The file that holds this code: a shared library, or the running program. */
static void find_self(char self[PATH_MAX])
{
    Dl_info info;
    struct link_map *map = NULL;
    if (dladdr1((void *)&plugin_open, &info, (void **)&map, RTLD_DL_LINKMAP) && map &&
        map->l_name[0]) {
        snprintf(self, PATH_MAX, "%s", map->l_name);
        return;
    }
    ssize_t n = readlink("/proc/self/exe", self, PATH_MAX - 1);
    self[n > 0 ? n : 0] = '\0';
}

static char *path_beside(const char *self, const char *file)
{
    char *folder = path_dir(self), *found = NULL;
    for (const char *const *place = places; *place && !found; place++) {
        struct str path = {0};
        str_addf(&path, "%s/%s/%s", folder, *place, file);
        if (access(path.text, R_OK) == 0)
            found = str_take(&path);
        str_free(&path);
    }
    free(folder);
    return found;
}

char *plugin_path(const char *file)
{
    char self[PATH_MAX];
    find_self(self);
    return path_beside(self, file);
}

void *plugin_open(const char *file, const char *what, struct err *e)
{
    char self[PATH_MAX];
    find_self(self);
    char *path = path_beside(self, file);
    void *library = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
    if (!path)
        err_set(e, ERR_FAILED, "the %s plugin (%s) is not installed beside %s", what, file, self);
    else if (!library)
        err_set(e, ERR_FAILED, "loading the %s plugin: %s", what, dlerror());
    free(path);
    return library;
}
