#include "engine/files/save_images.h"

#include "base/mem.h"
#include "base/str.h"
#include "engine/engine.h"
#include "io/atomic.h"
#include "io/nii.h"
#include "io/volume_file.h"

#include <stdlib.h>
#include <string.h>

struct saver {
    const char *folder;
    const struct params *params;
    bool alone; /* the one response of an image without a mask */
};

static bool write_volume(const struct saver *s, const char *name, const struct volume *v,
                         struct err *e)
{
    struct str file = {0};
    str_addf(&file, "%s.nii.gz", name);
    char *path = path_join(s->folder, file.text);
    bool good = nii_write(path, v, false, e);
    free(path);
    str_free(&file);
    return good;
}

static bool write_mask(const struct saver *s, const char *name, const struct grid *g,
                       const struct box *b, const struct label_mask *mask, struct err *e)
{
    struct volume v;
    if (!volume_alloc(&v, g, PIXEL_U8, e))
        return false;
    label_mask_read(mask, b, v.data);
    bool good = write_volume(s, name, &v, e);
    volume_free(&v);
    return good;
}

static bool write_response(const struct saver *s, const struct response *r, struct err *e)
{
    const struct volume v = {
        .grid = r->grid, .type = PIXEL_F64, .channels = 1, .data = (void *)r->value};
    return write_volume(s, s->alone ? "response" : r->name, &v, e);
}

static bool write_masks(const struct saver *s, const struct roi_view *view,
                        const struct response *r, struct err *e)
{
    return write_mask(s, "mask", &r->grid, &r->box, &view->intensity, e) &&
           write_mask(s, "mask-morphological", &r->grid, &r->box, &view->morphology, e);
}

static bool write_all(const struct saver *s, const struct roi_view *view, bool masks, struct err *e)
{
    struct bank *bank;
    struct response response;
    const struct image_settings *settings;
    bool more = true, first = true, good = true;
    struct box both = view->intensity.box;
    box_join(&both, &view->morphology.box);
    if (!bank_create_on(view, s->params->image_type, s->params->n_image_types, &both, false, &bank,
                        e))
        return false;
    while (good) {
        good = bank_next(bank, &response, &settings, &more, e);
        if (!good || !more)
            break;
        if (first && masks)
            good = write_masks(s, view, &response, e);
        first = false;
        good = good && write_response(s, &response, e);
    }
    bank_destroy(bank);
    return good;
}

static bool load_whole(const struct load_request *request, struct rcase *c, struct err *e)
{
    *c = (struct rcase){0};
    return volume_file_read(request->image, &c->image, e) && rcase_take_whole(c, e);
}

bool save_images(const struct params *p, const struct load_request *request, const char *folder,
                 struct err *e)
{
    static preprocess_step *const none[] = {NULL};
    static const struct preprocess_rules as_it_is = {.step = none};
    const struct surroundings around = {engine_surroundings, p};
    const struct saver s = {folder, p, !request->mask && p->n_image_types == 1};
    struct rcase c = {0};
    struct roi_view view;
    bool good = make_folders(folder, e) &&
                (request->mask ? load_case(request, &p->settings.load, NULL, &c, e)
                               : load_whole(request, &c, e)) &&
                preprocess(&c, request->mask ? p->profile->preprocess : &as_it_is, &p->settings,
                           &around, NULL, &view, e) &&
                write_all(&s, &view, request->mask != NULL, e);
    rcase_free(&c);
    return good;
}
