#include "shim/foreign.h"

#include "base/mem.h"
#include "base/str.h"
#include "shim/itk_dicom.h"
#include "shim/itk_volume.h"

#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct plugin {
    struct itk_volume *(*open)(const char *, struct volume *, char *, size_t);
    bool (*read)(struct itk_volume *, void *, size_t, char *, size_t);
    void (*close)(struct itk_volume *);
    bool (*dicom)(const char *, void *, size_t, char *, size_t);
};

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
    if (dladdr1((void *)&foreign_volume_read, &info, (void **)&map, RTLD_DL_LINKMAP) && map &&
        map->l_name[0]) {
        snprintf(self, PATH_MAX, "%s", map->l_name);
        return;
    }
    ssize_t n = readlink("/proc/self/exe", self, PATH_MAX - 1);
    self[n > 0 ? n : 0] = '\0';
}

static void *open_plugin(struct err *e)
{
    char self[PATH_MAX];
    find_self(self);
    char *folder = path_dir(self);
    void *library = NULL;
    for (const char *const *place = places; *place && !library; place++) {
        struct str path = {0};
        str_addf(&path, "%s/%s/radmill-itk.so", folder, *place);
        if (access(path.text, R_OK) == 0) {
            library = dlopen(path.text, RTLD_NOW | RTLD_LOCAL);
            if (!library)
                err_set(e, ERR_FAILED, "loading the ITK plugin: %s", dlerror());
        }
        str_free(&path);
    }
    if (!library && e && e->code == ERR_NONE)
        err_set(e, ERR_FAILED, "the ITK plugin (radmill-itk.so) is not installed beside %s", self);
    free(folder);
    return library;
}

/* The plugin stays loaded until the process ends. Threads that come at once load the same one. */
static bool load(struct plugin *p, struct err *e)
{
    static _Atomic(void *) loaded;
    struct err why = {0};
    void *library = atomic_load(&loaded);
    if (!library && !(library = open_plugin(&why)))
        return err_set(e, why.code, "%s", why.text);
    atomic_store(&loaded, library);
    *(void **)&p->open = dlsym(library, "radmill_itk_open");
    *(void **)&p->read = dlsym(library, "radmill_itk_read");
    *(void **)&p->close = dlsym(library, "radmill_itk_close");
    *(void **)&p->dicom = dlsym(library, "radmill_itk_dicom");
    return (p->open && p->read && p->close && p->dicom) ||
           err_set(e, ERR_FAILED, "the ITK plugin is of another release");
}

bool foreign_volume_read(const char *path, struct volume *out, struct err *e)
{
    struct plugin itk = {0};
    char why[512] = "";
    struct volume header = {.grid = grid_unit(), .channels = 1};
    *out = (struct volume){0};
    if (!load(&itk, e))
        return err_wrap(e, "reading %s", path);
    struct itk_volume *v = itk.open(path, &header, why, sizeof why);
    if (!v)
        return err_set(e, ERR_REFUSED, "reading %s: %s", path, why);
    if (!grid_settle(&header.grid, e)) {
        itk.close(v);
        return err_wrap(e, "reading %s", path);
    }
    size_t voxels = (size_t)grid_voxels(&header.grid) * (size_t)header.channels;
    header.data = mem_big(voxels, pixel_size(header.type), e);
    bool good = header.data != NULL;
    if (good && !itk.read(v, header.data, voxels * pixel_size(header.type), why, sizeof why))
        good = err_set(e, ERR_REFUSED, "reading %s: %s", path, why);
    itk.close(v);
    if (good)
        *out = header;
    else
        volume_free(&header);
    return good;
}

bool foreign_dicom_read(const char *path, void *data, size_t bytes, struct err *e)
{
    struct plugin itk = {0};
    char why[512] = "";
    if (!load(&itk, e))
        return err_wrap(e, "reading %s", path);
    return itk.dicom(path, data, bytes, why, sizeof why) ||
           err_set(e, ERR_REFUSED, "reading %s: %s", path, why);
}
