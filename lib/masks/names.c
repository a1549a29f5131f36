/* Names of the regions to be written: minted, or taken from the manifest; and selection by name. */
#include "base/mem.h"
#include "cli/opt.h"
#include "course/manifest.h"
#include "io/json.h"
#include "masks/export.h"
#include "masks/inputs.h"
#include "names/mint.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Distinguishes two regions of one name: the set's UID (without one, the last part of the path) and
 * the number. */
static char *discriminator(const struct mask_source *s, size_t roi)
{
    struct str text = {0};
    const char *set = s->uid && s->uid[0] ? s->uid : path_base(s->path);
    str_addf(&text, "%s %" PRId64, set, s->roi[roi].number);
    return str_take(&text);
}

void export_gather(const struct mask_source *source, size_t n, struct export_list *list)
{
    *list = (struct export_list){0};
    for (size_t s = 0; s < n; s++)
        list->n += source[s].rois;
    list->item = mem_must(calloc(list->n + 1, sizeof *list->item));
    struct mint_name *name = mem_must(calloc(list->n + 1, sizeof *name));
    size_t at = 0;
    for (size_t s = 0; s < n; s++) {
        for (size_t r = 0; r < source[s].rois; r++, at++) {
            list->item[at] = (struct export_roi){.source = &source[s], .roi = r, .wanted = true};
            name[at].original = source[s].roi[r].name;
            name[at].discriminator = discriminator(&source[s], r);
        }
    }
    mint_siblings(name, list->n);
    for (size_t i = 0; i < list->n; i++) {
        snprintf(list->item[i].roi_id, sizeof list->item[i].roi_id, "%s", name[i].minted);
        free((char *)(uintptr_t)name[i].discriminator);
    }
    free(name);
}

static const char *name_of(const struct export_roi *r)
{
    return r->source->roi[r->roi].name;
}

/* The roi_id that a structure set of a manifest gives to a number, or NULL. */
static const char *id_in_set(const json_t *set, int64_t number)
{
    const json_t *roi = manifest_find_roi(set, number);
    const char *id = json_get_text(roi, "roi_id", "");
    return roi && mint_is_plain(id) ? id : NULL;
}

/* Label maps have no UID: a manifest names them by their path, and their regions in the file's
 * order. */
static const char *id_in_file(const json_t *set, const struct export_roi *roi)
{
    const json_t *its = json_array_get(json_object_get(set, "rois"), roi->roi);
    const char *id = json_get_text(its, "roi_id", "");
    /* converted to UTF-8, as in the manifest */
    json_t *own = json_text(roi->source->roi[roi->roi].name);
    bool same = strcmp(json_get_text(its, "name", ""), json_string_value(own)) == 0;
    json_decref(own);
    return same && mint_is_plain(id) ? id : NULL;
}

void export_take_ids(struct export_list *list, const json_t *course)
{
    size_t i;
    const json_t *set;
    json_array_foreach(json_object_get(course, "structure_sets"), i, set)
    {
        for (size_t r = 0; r < list->n; r++) {
            struct export_roi *roi = &list->item[r];
            if (!inputs_is_set(set, roi->source))
                continue;
            bool has_uid = roi->source->uid[0];
            const char *id =
                has_uid ? id_in_set(set, roi->source->roi[roi->roi].number) : id_in_file(set, roi);
            roi->left_out = has_uid && !id;
            if (id)
                snprintf(roi->roi_id, sizeof roi->roi_id, "%s", id);
        }
    }
}

static bool no_such_name(const struct export_list *list, const char *name, struct err *e)
{
    const char **known = mem_must(calloc(list->n + 1, sizeof *known));
    for (size_t i = 0; i < list->n; i++)
        known[i] = name_of(&list->item[i]);
    const char *near = opt_nearest(name, known);
    if (near)
        err_set(e, ERR_REFUSED, "no ROI is named \"%s\"; did you mean \"%s\"?", name, near);
    else
        err_set(e, ERR_REFUSED, "no ROI is named \"%s\" (--list names them all)", name);
    free(known);
    return false;
}

bool export_select(struct export_list *list, const char *const *names, size_t n, struct err *e)
{
    if (n == 0)
        return true;
    for (size_t i = 0; i < list->n; i++)
        list->item[i].wanted = false;
    for (size_t k = 0; k < n; k++) {
        bool any = false;
        for (int by_id = 0; by_id < 2 && !any; by_id++) { /* an original name comes first */
            for (size_t i = 0; i < list->n; i++) {
                struct export_roi *r = &list->item[i];
                if (strcmp(by_id ? r->roi_id : name_of(r), names[k]) == 0)
                    r->wanted = any = true;
            }
        }
        if (!any)
            return no_such_name(list, names[k], e);
    }
    return true;
}
