#include "boolmask/library.h"

#include "base/mem.h"
#include "io/folder.h"
#include "io/json.h"
#include "io/nii.h"
#include "masks/measure.h"
#include "vol/regrid.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct library_item *add(struct library *l, const char *source, const char *name,
                                const char *stem)
{
    l->item = mem_grow(l->item, l->n + 1, sizeof *l->item);
    struct library_item *item = &l->item[l->n++];
    *item = (struct library_item){.source = mem_strdup(source),
                                  .name = mem_strdup(name),
                                  .stem = mem_strdup(stem),
                                  .structure = -1};
    return item;
}

static char *stem_of(const char *path)
{
    struct str s = {0};
    const char *base = path_base(path);
    size_t n = strlen(base);
    n -= str_ends_with(base, ".nii.gz") ? 7 : str_ends_with(base, ".nii") ? 4 : 0;
    str_add_n(&s, base, n);
    return mem_must(str_take(&s));
}

/* --- folders --- */

static char *folder_name(const char *path)
{
    struct str s = {0};
    char *real = realpath(path, NULL);
    str_add(&s, path_base(real ? real : path));
    free(real);
    return str_take(&s);
}

/* One entry of masks.json. Its file name is not trusted: it must not lead out of the folder. */
static bool add_listed(struct library *l, const char *folder, const char *source,
                       const json_t *entry, struct str_list *listed, struct err *e)
{
    const char *file = json_get_text(entry, "file", NULL);
    const char *name = json_get_text(entry, "name", NULL);
    if (file && (strchr(file, '/') || !file[0]))
        return err_set(e, ERR_REFUSED, "%s/masks.json: \"%s\" is not a file name", folder, file);
    char *stem = stem_of(file ? file : json_get_text(entry, "roi_id", name ? name : ""));
    struct library_item *item = add(l, source, name ? name : stem, stem);
    free(stem);
    item->partial = json_is_true(json_object_get(entry, "partial"));
    if (file) {
        item->path = path_join(folder, file);
        str_list_add(listed, file);
    } else {
        item->reason = mem_strdup(json_get_text(entry, "reason", "it has no mask"));
    }
    return true;
}

static bool add_from_list(struct library *l, const char *folder, const char *source,
                          struct str_list *listed, struct err *e)
{
    char *path = path_join(folder, "masks.json");
    json_t *root = NULL;
    bool there = access(path, F_OK) == 0, ok = !there || (root = json_read(path, e)) != NULL;
    const json_t *masks = json_object_get(root, "masks"), *entry;
    size_t i;
    if (ok && there && !json_is_array(masks))
        ok = err_set(e, ERR_REFUSED, "%s: no list of masks", path);
    for (i = 0; ok && i < json_array_size(masks); i++) {
        entry = json_array_get(masks, i);
        ok = add_listed(l, folder, source, entry, listed, e);
    }
    json_decref(root);
    free(path);
    return ok;
}

static bool is_mask_file(const char *name)
{
    return str_ends_with(name, ".nii") || str_ends_with(name, ".nii.gz");
}

static bool add_folder(struct library *l, const char *folder, struct err *e)
{
    struct str_list files = {0}, listed = {0};
    if (!folder_names(folder, &files, NULL))
        return err_set(e, ERR_REFUSED, "%s: cannot open this folder", folder);
    char *source = folder_name(folder);
    bool ok = add_from_list(l, folder, source, &listed, e);
    for (size_t i = 0; ok && i < files.n; i++) {
        if (!is_mask_file(files.item[i]) || str_list_has(&listed, files.item[i]))
            continue;
        char *stem = stem_of(files.item[i]);
        add(l, source, stem, stem)->path = path_join(folder, files.item[i]);
        free(stem);
    }
    free(source);
    str_list_free(&files);
    str_list_free(&listed);
    return ok;
}

bool library_add(struct library *l, const char *path, struct err *e)
{
    struct stat s;
    if (strcmp(path, "-") == 0) {
        struct library_item *item = add(l, "files", "stdin", "stdin");
        item->path = mem_strdup("-");
        return nii_read("-", &item->piped, e);
    }
    if (stat(path, &s) != 0)
        return err_errno(e, "%s", path);
    if (S_ISDIR(s.st_mode))
        return add_folder(l, path, e);
    char *stem = stem_of(path);
    add(l, "files", stem, stem)->path = mem_strdup(path);
    free(stem);
    return true;
}

void library_add_recipe(struct library *l, const struct recipe *r)
{
    for (size_t i = 0; i < r->n; i++)
        add(l, "Custom", r->structure[i].name, r->structure[i].roi_id)->structure = (int)i;
}

bool library_name(struct library *l, const char *path, struct err *e)
{
    json_t *root = json_read(path, e);
    bool ok = root && (json_is_object(root) ||
                       err_set(e, ERR_REFUSED, "%s: not a JSON object of sources and names", path));
    for (size_t i = 0; ok && i < l->n; i++) {
        struct library_item *item = &l->item[i];
        const json_t *names = json_object_get(root, item->source);
        const char *name = json_get_text(names, item->stem, NULL);
        if (name && !item->also)
            item->also = mem_strdup(name);
    }
    json_decref(root);
    return ok;
}

void library_free(struct library *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->item[i].source);
        free(l->item[i].name);
        free(l->item[i].also);
        free(l->item[i].stem);
        free(l->item[i].path);
        free(l->item[i].reason);
        volume_free(&l->item[i].piped);
    }
    free(l->item);
    *l = (struct library){0};
}

/* --- voxels --- */

bool library_grid(const struct library *l, struct grid *g, struct err *e)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->item[i].piped.data) {
            *g = l->item[i].piped.grid;
            return true;
        } else if (l->item[i].path) {
            return nii_exact_grid(l->item[i].path, g, e);
        }
    return err_set(e, ERR_REFUSED, "no mask that has a file: the grid is not known (--reference)");
}

/* From the mask's own grid to g. */
static bool regrid(const struct grid *from, const struct region *in, const struct grid *g,
                   bool resample, struct region *out, struct err *e)
{
    struct regrid_map map;
    bool reorder = regrid_find(from, g, &map);
    if (!reorder && !resample) {
        char why[256];
        regrid_explain(from, g, why, sizeof why);
        return err_set(e, ERR_REFUSED, "another grid: %s (--resample takes the nearest voxel)",
                       why);
    }
    struct volume whole, painted;
    struct box box;
    if (!volume_alloc(&painted, g, PIXEL_U8, e))
        return false;
    bool ok = true;
    if (reorder && in->voxel) {
        regrid_paste(&map, from, &in->box, in->voxel, g, painted.data, &box);
    } else if (in->voxel) {
        box = regrid_reach(from, g);
        ok = volume_alloc(&whole, from, PIXEL_U8, e);
        if (ok) {
            region_paste(in, from, whole.data);
            ok = regrid_nearest(from, whole.data, g, &box, REGRID_TIE_LOWER, painted.data, e);
            volume_free(&whole);
        }
    }
    ok = ok && region_from_volume(&painted, out, e);
    volume_free(&painted);
    return ok;
}

/* The mask's own voxels, as they are. */
static bool read_own(const struct library_item *item, struct grid *from, struct region *own,
                     struct err *e)
{
    struct volume v;
    if (item->piped.data) {
        *from = item->piped.grid;
        return region_from_volume(&item->piped, own, e);
    }
    if (!nii_read(item->path, &v, e))
        return false;
    bool ok = nii_exact_grid(item->path, from, e) && region_from_volume(&v, own, e);
    volume_free(&v);
    return ok;
}

bool library_load(const struct library_item *item, const struct grid *g, bool resample,
                  struct region *out, struct err *e)
{
    struct grid from;
    struct region own = {0};
    *out = own;
    bool ok = read_own(item, &from, &own, e);
    if (ok && grid_same(&from, g, REGRID_SAME)) {
        *out = own;
        return true;
    }
    ok = ok && regrid(&from, &own, g, resample, out, e);
    region_free(&own);
    return ok || err_wrap(e, "%s", item->path);
}
