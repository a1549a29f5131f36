/* Linked into programs in place of the functions that need DCMTK: passes calls to the plugin. */
#include "shim/dicom_calls.h"

#include "base/log.h"
#include "shim/plugin.h"
#include "version.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <string.h>

static _Atomic(const struct dicom_calls *) loaded;

/* The plugin stays loaded until the process ends. Threads that come at once load the same one. */
static const struct dicom_calls *calls(struct err *e)
{
    const struct dicom_calls *there = atomic_load(&loaded);
    if (there)
        return there;
    struct err why = {0};
    const struct dicom_calls *(*entry)(void) = NULL;
    void *library = plugin_open("radmill-dicom.so", "DICOM", &why);
    if (library)
        *(void **)&entry = dlsym(library, "radmill_dicom_calls");
    there = entry ? entry() : NULL;
    if (there && strcmp(there->release, RADMILL_VERSION) == 0) {
        atomic_store(&loaded, there);
        return there;
    }
    err_set(e, ERR_FAILED, "%s", library ? "the DICOM plugin is of another release" : why.text);
    return NULL;
}

bool dicom_class_by_dcmtk(const char *path, char uid[DICOM_UID_SIZE])
{
    struct err why = {0};
    const struct dicom_calls *c = calls(&why);
    uid[0] = '\0';
    if (!c)
        log_warning("%s", why.text);
    return c && c->dicom_class_by_dcmtk(path, uid);
}

bool dicom_header_read_by_dcmtk(const char *path, struct dicom_header *h, struct err *e)
{
    const struct dicom_calls *c = calls(e);
    memset(h, 0, sizeof *h);
    return c && c->dicom_header_read_by_dcmtk(path, h, e);
}

struct dicom_decoded *dicom_decoded_read(const char *path, const struct dicom_header *h,
                                         struct err *e)
{
    const struct dicom_calls *c = calls(e);
    return c ? c->dicom_decoded_read(path, h, e) : NULL;
}

bool rtstruct_read_by_dcmtk(const char *path, bool contours, struct rtstruct *set, struct err *e)
{
    const struct dicom_calls *c = calls(e);
    memset(set, 0, sizeof *set);
    return c && c->rtstruct_read_by_dcmtk(path, contours, set, e);
}

bool seg_read(const char *path, bool frames, struct seg *s, struct err *e)
{
    const struct dicom_calls *c = calls(e);
    memset(s, 0, sizeof *s);
    return c && c->seg_read(path, frames, s, e);
}

/* --- of what the plugin has made; while it is not there, there is nothing --- */

const unsigned char *dicom_decoded_bytes(const struct dicom_decoded *d)
{
    return atomic_load(&loaded)->dicom_decoded_bytes(d);
}

void dicom_decoded_free(struct dicom_decoded *d)
{
    if (d)
        atomic_load(&loaded)->dicom_decoded_free(d);
}

void seg_row(const struct seg *s, size_t frame, int64_t row, int64_t segment, uint8_t *out)
{
    atomic_load(&loaded)->seg_row(s, frame, row, segment, out);
}

void seg_free(struct seg *s)
{
    const struct dicom_calls *c = atomic_load(&loaded);
    if (c)
        c->seg_free(s);
}
