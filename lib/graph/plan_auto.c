/* The edge that makes the masks of a course's automatic regions. */
#include "graph/plan_parts.h"

#include "io/json.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Links to a mask file; the link's name (free()), or NULL. */
static char *link_mask(const struct plan_course *c, const struct plan_source *s,
                       const struct auto_mask *mask, struct err *e)
{
    struct str name = {0};
    const char *ending = auto_mask_ending(mask->path);
    if (mask->is_label) /* the file's name does not matter, since its labels have names */
        str_addf(&name, "%s/labels-of-%s%s", s->name, mask->roi_id, ending);
    else
        str_addf(&name, "%s/%s%s", s->name, mask->roi_id, ending);
    char *link = plan_state(c, "inputs", name.text);
    str_free(&name);
    if (plan_link(mask->path, link, e))
        return link;
    free(link);
    return NULL;
}

/* A file of the job, as a structure set of a manifest: what the edge depends on (where it is, its
 * size and time), and below it the minted names of its regions, in its own order. */
static json_t *describe(const struct auto_mask *mask, const char *link)
{
    struct stat st = {0};
    if (stat(mask->path, &st) != 0)
        st.st_size = -1;
    json_t *set = json_object(), *file = json_object();
    json_object_set_new(file, "path", json_string(link));
    json_object_set_new(file, "of", json_text(mask->path));
    json_object_set_new(file, "size", json_integer(st.st_size));
    json_object_set_new(
        file, "mtime_ns",
        json_integer((json_int_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec));
    json_object_set_new(set, "file", file);
    json_object_set_new(set, "rois", json_array());
    return set;
}

static void describe_region(json_t *set, const struct auto_mask *mask)
{
    json_t *roi = json_object();
    json_object_set_new(roi, "name", json_text(mask->name));
    json_object_set_new(roi, "roi_id", json_string(mask->roi_id));
    json_array_append_new(json_object_get(set, "rois"), roi);
}

/* A manifest of this course and these files: rtstruct2masks takes the minted names from it. */
static bool write_job(const struct plan_course *c, const char *path, json_t *sets, struct err *e)
{
    json_t *root = json_pack("{s:[{s:s, s:s, s:O}]}", "courses", "patient_dir",
                             json_get_text(c->course, "patient_dir", ""), "id",
                             json_get_text(c->course, "id", ""), "structure_sets", sets);
    bool ok = json_write(path, root, e);
    json_decref(root);
    return ok;
}

/* The mask's file among the job's, linked and described when it is new; NULL: error. */
static json_t *file_of(const struct plan_course *c, const struct plan_source *s,
                       const struct auto_mask *mask, json_t *sets, struct str *files, struct err *e)
{
    json_t *last = json_array_get(sets, json_array_size(sets) - 1);
    const char *its = json_get_text(json_object_get(last, "file"), "of", "");
    if (last && strcmp(mask->path, its) == 0)
        return last;
    char *link = link_mask(c, s, mask, e);
    if (!link)
        return NULL;
    str_addf(files, "%s%s", files->len ? " " : "", link);
    json_array_append_new(sets, describe(mask, link));
    free(link);
    return json_array_get(sets, json_array_size(sets) - 1);
}

/* The edge's files, and the job that names their regions. */
static bool finish_edge(struct plan_course *c, struct edge *x, const char *files, json_t *sets,
                        struct err *e)
{
    char *path = plan_state(c, "inputs", "masks-auto.json");
    struct str options = {0};
    str_addf(&options, "--manifest %s --course %s", path, c->dir);
    edge_var(x, "files", files);
    edge_var(x, "options", options.text);
    edge_in(x, path);
    edge_var(x, "inputs", path);
    bool ok = write_job(c, path, sets, e);
    str_free(&options);
    free(path);
    return ok;
}

/* All labels of a file are drawn together. false: the mask is not needed. */
static bool offer(struct plan_course *c, const struct auto_masks *masks, const char *source,
                  const struct auto_mask *mask, struct plan_source **s)
{
    char alias[PSEUDONYM_SIZE];
    const struct plan_place place = {.kind = "mask",
                                     .path = auto_mask_called(masks, mask->path, alias),
                                     .set = "",
                                     .is_original = true,
                                     .stays = mask->is_label};
    bool first = !*s;
    *s = first ? plan_add_source(c, source, true) : *s;
    if (plan_offer_roi(c, *s, mask->roi_id, mask->name, NULL, plan_predict_mb(mask->voxels),
                       &place))
        return true;
    if (first) {
        plan_drop_source(c);
        *s = NULL;
    }
    return false;
}

bool plan_auto(struct plan_course *c, const struct auto_masks *masks, struct err *e)
{
    struct str name = {0}, files = {0};
    struct plan_source *s = NULL;
    json_t *sets = json_array();
    bool ok = true;
    str_addf(&name, "AutoRTS_%s", settings_get(c->in->settings, SET_AUTOSEG_MODEL));
    for (size_t i = 0; ok && i < masks->n; i++) {
        const struct auto_mask *mask = &masks->item[i];
        if (mask->course != c->course)
            continue;
        if (!offer(c, masks, name.text, mask, &s))
            continue;
        json_t *file = file_of(c, s, mask, sets, &files, e);
        ok = file != NULL;
        if (ok)
            describe_region(file, mask);
    }
    struct edge *x = ok && s ? plan_masks_edge(c, "masks", "rtstruct2masks", s, e) : NULL;
    ok = ok && (!x || finish_edge(c, x, files.text, sets, e));
    json_decref(sets);
    str_free(&name);
    str_free(&files);
    return ok && (x || !s);
}
