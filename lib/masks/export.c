#include "masks/export.h"

#include "base/log.h"
#include "base/mem.h"
#include "io/atomic.h"
#include "io/json.h"
#include "io/nii.h"
#include "masks/measure.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One voxel buffer for all regions: only the box of the last one is cleared. */
struct canvas {
    struct mask_target target;
    struct volume volume;
};

static bool canvas_open(struct canvas *c, const struct mask_target *t, struct err *e)
{
    c->target = *t;
    if (!volume_alloc(&c->volume, &t->grid, PIXEL_U8, e))
        return false;
    c->target.voxel = c->volume.data;
    return true;
}

/* Paints a region. When no voxel was set, paint->reason says why. */
static bool draw(struct canvas *c, const struct export_roi *r, struct mask_paint *paint,
                 struct mask_measure *measure, struct err *e)
{
    if (r->left_out) {
        const char *refusal = r->source->roi[r->roi].refusal;
        snprintf(paint->reason, sizeof paint->reason, "%s",
                 refusal ? refusal : "the scan left it out of this course");
    } else if (!source_paint(r->source, r->roi, &c->target, paint, e)) {
        return false;
    }
    *measure = mask_measure(&c->target.grid, c->target.voxel, &paint->touched);
    if (measure->voxels == 0 && !paint->reason[0])
        snprintf(paint->reason, sizeof paint->reason, "no voxel centre lies inside");
    return true;
}

static json_t *json_box(const struct box *b)
{
    return json_pack("{s:[I,I,I], s:[I,I,I]}", "lo", (json_int_t)b->lo[0], (json_int_t)b->lo[1],
                     (json_int_t)b->lo[2], "size", (json_int_t)b->size[0], (json_int_t)b->size[1],
                     (json_int_t)b->size[2]);
}

static json_t *describe(const struct export_roi *r, const struct mask_paint *paint,
                        const struct mask_measure *m)
{
    const struct mask_source *s = r->source;
    json_t *entry = json_object(), *notes = json_array();
    bool has_mask = !paint->reason[0];
    const struct str_list *before = &s->roi[r->roi].notes;
    for (size_t i = 0; i < before->n; i++)
        json_array_append_new(notes, json_text(before->item[i]));
    for (size_t i = 0; i < paint->notes.n; i++)
        json_array_append_new(notes, json_text(paint->notes.item[i]));
    char file[sizeof r->roi_id + 8];
    snprintf(file, sizeof file, "%s.nii.gz", r->roi_id);
    json_object_set_new(entry, "file", has_mask ? json_string(file) : json_null());
    json_object_set_new(entry, "name", json_text(s->roi[r->roi].name));
    json_object_set_new(entry, "roi_id", json_string(r->roi_id));
    json_object_set_new(entry, "number", json_integer(s->roi[r->roi].number));
    json_object_set_new(entry, "structure_set", json_text(s->uid));
    json_object_set_new(entry, "format", json_string(s->format->name));
    json_object_set_new(entry, "voxels", json_integer(m->voxels));
    json_object_set_new(entry, "volume_ml", json_real(m->volume_ml));
    json_object_set_new(entry, "touches_border", json_boolean(m->touches_border));
    json_object_set_new(entry, "bounds", has_mask ? json_box(&m->bounds) : json_null());
    json_object_set_new(entry, "reason", has_mask ? json_null() : json_text(paint->reason));
    json_object_set_new(entry, "notes", notes);
    if (s->roi[r->roi].frame_overridden)
        json_object_set_new(entry, "frame_overridden", json_true());
    return entry;
}

/* Removes the mask of an earlier run when the region has none now. */
static bool remove_stale(const char *path, struct err *e)
{
    return unlink(path) == 0 || errno == ENOENT || err_errno(e, "removing %s", path);
}

static bool put_file(struct canvas *c, const struct export_roi *r, const struct mask_paint *paint,
                     const char *folder, struct err *e)
{
    struct str name = {0};
    str_addf(&name, "%s.nii.gz", r->roi_id);
    char *path = path_join(folder, str_text(&name));
    bool ok = paint->reason[0] ? remove_stale(path, e) : nii_write(path, &c->volume, true, e);
    free(path);
    str_free(&name);
    return ok;
}

static bool put_region(struct canvas *c, const struct export_roi *r, const char *folder,
                       json_t *masks, size_t *refused, struct err *e)
{
    struct mask_paint paint = {0};
    struct mask_measure measure;
    bool ok = draw(c, r, &paint, &measure, e) && put_file(c, r, &paint, folder, e);
    if (ok) {
        json_array_append_new(masks, describe(r, &paint, &measure));
        *refused += paint.refused;
        mask_clear(&c->target.grid, c->target.voxel, &paint.touched);
    }
    mask_paint_free(&paint);
    return ok;
}

static bool put_list(const char *folder, json_t *masks, struct err *e)
{
    json_t *root = json_pack("{s:O}", "masks", masks);
    char *path = path_join(folder, "masks.json");
    bool ok = json_write(path, root, e);
    free(path);
    json_decref(root);
    return ok;
}

/* Without a single mask the list must not be the only one that says so. */
static void warn_of_nothing(const json_t *masks, const char *folder)
{
    size_t i;
    json_t *entry;
    json_array_foreach(masks, i, entry) if (json_is_null(json_object_get(entry, "reason"))) return;
    const json_t *first = json_array_get(masks, 0);
    if (first)
        log_warning("no mask was written: %s: %s%s (%s/masks.json)",
                    json_string_value(json_object_get(first, "name")),
                    json_string_value(json_object_get(first, "reason")),
                    json_array_size(masks) > 1 ? ", and so on" : "", folder);
}

/* No mask may have the path of the file that it is made from, which would be replaced while other
 * regions are still to be read, or removed because the mask is empty. */
static bool spare_inputs(const struct export_list *list, const char *folder, struct err *e)
{
    for (size_t i = 0; i < list->n; i++) {
        struct str name = {0};
        str_addf(&name, "%s.nii.gz", list->item[i].roi_id);
        char *path = path_join(folder, str_text(&name));
        bool ok = out_refuse_input(path, list->item[i].source->path, e);
        free(path);
        str_free(&name);
        if (!ok)
            return false;
    }
    return true;
}

bool export_folder(const struct export_list *list, const struct mask_target *t, const char *folder,
                   size_t *refused, struct err *e)
{
    struct canvas c = {0};
    json_t *masks = json_array();
    *refused = 0;
    bool ok = spare_inputs(list, folder, e) && make_folders(folder, e) && canvas_open(&c, t, e);
    for (size_t i = 0; ok && i < list->n; i++)
        if (list->item[i].wanted)
            ok = put_region(&c, &list->item[i], folder, masks, refused, e);
    ok = ok && put_list(folder, masks, e);
    if (ok && *refused == 0)
        warn_of_nothing(masks, folder);
    json_decref(masks);
    volume_free(&c.volume);
    return ok;
}

static const struct export_roi *only_one(const struct export_list *list)
{
    const struct export_roi *found = NULL;
    for (size_t i = 0; i < list->n; i++) {
        if (!list->item[i].wanted)
            continue;
        if (found)
            return NULL;
        found = &list->item[i];
    }
    return found;
}

bool export_single(const struct export_list *list, const struct mask_target *t, const char *path,
                   struct err *e)
{
    const struct export_roi *r = only_one(list);
    if (!r)
        return err_set(e, ERR_USAGE, "one file takes one ROI: name it with --roi");
    struct canvas c = {0};
    struct mask_paint paint = {0};
    struct mask_measure measure;
    bool ok = canvas_open(&c, t, e) && draw(&c, r, &paint, &measure, e);
    if (ok && paint.reason[0])
        ok = err_set(e, ERR_REFUSED, "%s: %s", r->source->roi[r->roi].name, paint.reason);
    ok = ok && nii_write(path, &c.volume, true, e);
    mask_paint_free(&paint);
    volume_free(&c.volume);
    return ok;
}
