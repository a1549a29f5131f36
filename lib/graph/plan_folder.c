/* A folder that is a course already: image.nii, masks/<source>/<roi>.nii.gz; made by radmill, or
 * with the same layout. Existing files are used as they are; only structures of the recipe are
 * made. */
#include "graph/plan_parts.h"

#include "base/mem.h"
#include "io/folder.h"
#include "io/json.h"
#include "io/nii.h"
#include "names/mint.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char mask_ending[] = ".nii.gz";

static bool list_names(const char *folder, struct str_list *names, struct err *e)
{
    return folder_names(folder, names, NULL) ||
           err_set(e, ERR_REFUSED, "%s: no such folder", folder);
}

/* *out stays NULL where there is no such file; one that cannot be read, or is no JSON, is an error:
 * names and ids would silently be others. */
static bool read_if_there(const char *path, json_t **out, struct err *e)
{
    if (access(path, F_OK) == 0)
        *out = json_read(path, e);
    return *out || access(path, F_OK) != 0;
}

/* The last components of a path: "a/b" of "/x/a/b" (free()). */
static char *last_two(const char *where)
{
    char *parent = path_dir(where);
    char *both = path_join(path_base(parent), path_base(where));
    free(parent);
    return both;
}

/* What a manifest would contain for the folder: from image.json if there is one, else from the
 * folder's path.
 */
static json_t *describe(const char *where, struct err *e)
{
    struct volume v = {0};
    if (!nii_read_header("image.nii", &v, e))
        return NULL;
    json_t *info = NULL;
    if (!read_if_there("image.json", &info, e))
        return NULL;
    const json_t *source = json_object_get(info, "source");
    char *parent = path_dir(where), *dir = last_two(where);
    json_t *course = json_object(), *geometry = json_object();
    const double size[3] = {(double)v.grid.size[0], (double)v.grid.size[1], (double)v.grid.size[2]};
    json_object_set_new(course, "id", json_text(path_base(where)));
    json_object_set_new(course, "patient_id",
                        json_text(json_get_text(source, "patient_id", path_base(parent))));
    json_object_set_new(course, "modality", json_text(json_get_text(source, "modality", "")));
    json_object_set_new(course, "course_dir", json_text(dir));
    json_object_set_new(geometry, "size", json_reals(size, 3));
    json_object_set_new(course, "geometry", geometry);
    free(parent);
    free(dir);
    json_decref(info);
    return course;
}

/* The original name of a mask by masks.json, or its stem. */
static const char *name_of(const json_t *list, const char *stem)
{
    size_t i;
    const json_t *m;
    json_array_foreach(json_object_get(list, "masks"), i, m)
    {
        if (strcmp(json_get_text(m, "roi_id", ""), stem) == 0)
            return json_get_text(m, "name", stem);
    }
    return stem;
}

static void add_mask(struct plan_course *c, const struct plan_source *s, const json_t *list,
                     const char *file)
{
    double size[3] = {0};
    struct str stem = {0};
    str_add_n(&stem, file, strlen(file) - strlen(mask_ending));
    json_get_reals(json_object_get(c->course, "geometry"), "size", 3, size);
    bool plain = mint_is_plain(str_text(&stem));
    const struct plan_place place = {
        .kind = "mask", .path = file, .set = "", .is_original = true, .stays = true};
    plan_offer_roi(c, s, str_text(&stem), name_of(list, str_text(&stem)),
                   plain ? NULL
                         : "the name of its file has other characters than A-Z a-z 0-9 . _ -",
                   plan_predict_mb(size[0] * size[1] * size[2]), &place);
    str_free(&stem);
}

static bool add_source(struct plan_course *c, const char *name, struct err *e)
{
    struct str_list files = {0};
    json_t *list = NULL;
    char *folder = path_join("masks", name), *path = path_join(folder, "masks.json");
    bool ok = list_names(folder, &files, e) && read_if_there(path, &list, e);
    const struct plan_source *s = ok ? plan_add_source(c, name, false) : NULL;
    for (size_t i = 0; ok && i < files.n; i++)
        if (str_ends_with(files.item[i], mask_ending))
            add_mask(c, s, list, files.item[i]);
    json_decref(list);
    str_list_free(&files);
    free(folder);
    free(path);
    return ok;
}

/* Every source; with a recipe, masks/Custom is what it makes. */
static bool add_sources(struct plan_course *c, struct err *e)
{
    struct str_list names = {0};
    bool ok = list_names("masks", &names, e);
    for (size_t i = 0; ok && i < names.n; i++) {
        bool made = json_array_size(c->in->recipe) && strcmp(names.item[i], "Custom") == 0;
        if (!made && mint_is_plain(names.item[i]))
            ok = add_source(c, names.item[i], e);
    }
    str_list_free(&names);
    return ok;
}

bool plan_folder(const struct plan_input *in, const char *where, struct graph *g, struct err *e)
{
    json_t *course = describe(where, e);
    if (!course)
        return false;
    struct plan_course c = {
        .in = in,
        .graph = g,
        .course = course,
        .dir = ".",
        .has_image_info = access("image.json", R_OK) == 0,
        .params = plan_params_for(in->settings, json_get_text(course, "modality", ""))};
    bool ok = add_sources(&c, e) && plan_custom(&c, e) && plan_results(&c, e);
    plan_course_free(&c);
    json_decref(course);
    return ok;
}
