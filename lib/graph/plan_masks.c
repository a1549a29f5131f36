/* The regions of a course, source by source, and the edges that make their masks. */
#include "graph/plan_parts.h"

#include "base/mem.h"
#include "base/sha1.h"
#include "io/atomic.h"
#include "io/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Links to the structure sets; their names, for the command line, into files. */
static bool link_sets(const struct plan_course *c, struct str *files, struct err *e)
{
    const char *root = json_get_text(c->in->manifest, "root", "");
    size_t i;
    const json_t *set;
    json_array_foreach(json_object_get(c->course, "structure_sets"), i, set)
    {
        char name[48];
        snprintf(name, sizeof name, "structures-%zu.dcm", i);
        char *link = plan_state(c, "inputs", name);
        char *target = path_join(root, json_get_text(json_object_get(set, "file"), "path", ""));
        bool ok = plan_link(target, link, e);
        str_addf(files, "%s%s", i ? " " : "", link);
        free(target);
        free(link);
        if (!ok)
            return false;
    }
    return true;
}

/* A slab of the image as thick as the region has contours: no smaller than its box. */
static double slab_voxels(const json_t *course, const json_t *roi)
{
    double size[3] = {0}, planes = 0;
    json_get_reals(json_object_get(course, "geometry"), "size", 3, size);
    json_get_real(roi, "contours", &planes);
    return size[0] * size[1] * (planes > 0 && planes < size[2] ? planes : size[2]);
}

/* left_out shows a file's alias, if it has one. */
static const char *name_of_set(const json_t *set)
{
    const json_t *file = json_object_get(set, "file");
    return json_get_text(file, "alias", json_get_text(file, "path", ""));
}

static bool is_in_use(const json_t *course, const char *path)
{
    size_t i;
    const json_t *set;
    json_array_foreach(json_object_get(course, "structure_sets"), i, set)
    {
        if (strcmp(name_of_set(set), path) == 0)
            return true;
    }
    return false;
}

/* Regions of the structure sets in use that the scan left out (no contours): the status table lists
 * them, too. Their names are minted separately, so that they do not change the names of other
 * regions. */
static void add_refused_rois(struct plan_course *c, const struct plan_source *s)
{
    size_t i;
    const json_t *l;
    json_array_foreach(json_object_get(c->in->manifest, "left_out"), i, l)
    {
        const char *path = json_get_text(l, "path", ""), *name = json_get_text(l, "name", "");
        if (strcmp(json_get_text(l, "kind", ""), "roi") != 0 || !is_in_use(c->course, path))
            continue;
        if (selection_refuses(c->in->selection, name))
            continue; /* it is in left_out already */
        struct sha1 digest;
        char hex[41], id[64];
        sha1_init(&digest);
        sha1_add(&digest, path, strlen(path) + 1);
        sha1_add(&digest, name, strlen(name) + 1);
        sha1_hex(&digest, hex);
        snprintf(id, sizeof id, "left-out-%zu-%.8s", c->rois, hex);
        const struct plan_place place = {
            .kind = "roi", .path = path, .set = id, .is_original = true};
        plan_offer_roi(c, s, id, name, json_get_text(l, "reason", ""), 0, &place);
    }
}

static void add_manual_rois(struct plan_course *c, const struct plan_source *s)
{
    size_t i;
    const json_t *roi;
    json_array_foreach(json_object_get(c->course, "rois"), i, roi)
    {
        int64_t set = 0;
        json_get_int(roi, "structure_set", &set);
        const json_t *its =
            json_array_get(json_object_get(c->course, "structure_sets"), (size_t)set);
        const struct plan_place place = {.kind = "roi",
                                         .path = name_of_set(its),
                                         .set = json_get_text(its, "sop_instance_uid", ""),
                                         .is_original = true};
        plan_offer_roi(c, s, json_get_text(roi, "roi_id", ""), json_get_text(roi, "name", ""), NULL,
                       plan_predict_mb(slab_voxels(c->course, roi)), &place);
    }
    add_refused_rois(c, s);
}

bool plan_manual(struct plan_course *c, struct err *e)
{
    static const char *const without[] = {"files", "acquisition", "date", NULL};
    if (!json_array_size(json_object_get(c->course, "structure_sets")))
        return true;
    struct plan_source *s = plan_add_source(c, "Manual", true);
    add_manual_rois(c, s);
    if (!c->rois) { /* none is selected */
        plan_drop_source(c);
        return true;
    }
    struct str files = {0}, options = {0};
    json_t *kept = plan_kept_course(c, s);
    char *job = plan_state(c, "inputs", "masks-Manual.json");
    struct edge *x = plan_masks_edge(c, "masks", "rtstruct2masks", s, e);
    bool ok = x && link_sets(c, &files, e) && plan_write_job(c, kept, job, without, "", e);
    json_decref(kept);
    if (ok) {
        edge_in(x, job);
        edge_var(x, "inputs", job);
        edge_var(x, "files", str_text(&files));
        str_addf(&options, "--manifest %s --course %s", job, c->dir);
        edge_var(x, "options", options.text);
    }
    free(job);
    str_free(&files);
    str_free(&options);
    return ok;
}

/* Without other sources nothing can be built: the structures are only listed.
 */
static const struct plan_source *add_custom_rois(struct plan_course *c)
{
    size_t i;
    const json_t *structure;
    bool possible = c->sources > 0;
    struct plan_source *s = plan_add_source(c, "Custom", possible);
    double size[3] = {0};
    json_get_reals(json_object_get(c->course, "geometry"), "size", 3, size);
    json_array_foreach(c->in->recipe, i, structure)
    {
        const struct plan_place place = {.kind = "roi", .path = "", .stays = true};
        plan_offer_roi(c, s, json_get_text(structure, "roi_id", ""),
                       json_get_text(structure, "name", ""),
                       possible ? NULL : "this course has no structures to build from",
                       plan_predict_mb(size[0] * size[1] * size[2]), &place);
    }
    return possible ? s : NULL;
}

/* Writes the list of regions that structures can be built from. Schedulers do not notice when an
 * input is removed from an edge: without this file a structure would not be made again when one of
 * its sources is gone. */
static bool list_sources(const struct plan_course *c, size_t regions, struct edge *x, struct err *e)
{
    struct str list = {0};
    for (size_t i = 0; i < regions; i++)
        str_addf(&list, "%s/%s %s\n", c->roi[i].source->name, c->roi[i].roi_id, c->roi[i].name);
    char *path = plan_state(c, "inputs", "sources-Custom.txt"), *folder = path_dir(path);
    edge_in(x, path);
    bool ok = make_folders(folder, e) && out_write(path, str_text(&list), list.len, true, e);
    free(folder);
    free(path);
    str_free(&list);
    return ok;
}

/* Adds the folders that structures are built from and every mask in them as inputs, since which
 * masks a structure uses depends on all that exist. */
static bool add_sources(struct plan_course *c, size_t sources, size_t regions, struct edge *x,
                        struct err *e)
{
    bool ok = true;
    struct str folders = {0};
    for (size_t i = 0; i < sources; i++) {
        const struct plan_source *s = c->source[i];
        struct str folder = {0};
        str_addf(&folder, "masks/%s", s->name);
        char *path = plan_path(c, folder.text);
        str_addf(&folders, "%s%s", i ? " " : "", path);
        if (s->record)
            edge_order(x, s->ticket);
        free(path);
        str_free(&folder);
    }
    edge_var(x, "sources", str_text(&folders));
    str_free(&folders);
    for (size_t i = 0; ok && i < regions; i++) {
        char *mask = plan_mask(c, c->roi[i].source->name, c->roi[i].roi_id);
        if (plan_is_drawn(&c->roi[i]))
            ok = edge_in_product(x, mask, c->roi[i].source->record != NULL, e);
        free(mask);
    }
    return ok;
}

bool plan_custom(struct plan_course *c, struct err *e)
{
    size_t regions = c->rois, sources = c->sources;
    if (!plan_recipe_wanted(c->in)) {
        plan_leave_recipe(c);
        return true;
    }
    const struct plan_source *s = add_custom_rois(c);
    if (!s)
        return true;
    struct edge *x = plan_masks_edge(c, "custom", "boolstruct", s, e);
    if (!x)
        return false;
    edge_in(x, RECIPE_FILE);
    edge_var(x, "recipe", RECIPE_FILE);
    return add_sources(c, sources, regions, x, e) && list_sources(c, regions, x, e) &&
           plan_write_names(c, x, e);
}
