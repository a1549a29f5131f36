#include "shim/foreign.h"

#include "base/mem.h"
#include "shim/itk_dicom.h"
#include "shim/itk_volume.h"
#include "shim/plugin.h"

#include <dlfcn.h>
#include <stdatomic.h>

struct plugin {
    struct itk_volume *(*open)(const char *, struct volume *, char *, size_t);
    bool (*read)(struct itk_volume *, void *, size_t, char *, size_t);
    void (*close)(struct itk_volume *);
    bool (*dicom)(const char *, void *, size_t, char *, size_t);
};

/* The plugin stays loaded until the process ends. Threads that come at once load the same one. */
static bool load(struct plugin *p, struct err *e)
{
    static _Atomic(void *) loaded;
    struct err why = {0};
    void *library = atomic_load(&loaded);
    if (!library && !(library = plugin_open("radmill-itk.so", "ITK", &why)))
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
