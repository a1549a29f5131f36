#include "boolmask/export.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "io/json.h"
#include "io/nii.h"
#include "masks/measure.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static json_t *texts(const struct str_list *l)
{
    json_t *array = json_array();
    for (size_t i = 0; i < l->n; i++)
        json_array_append_new(array, json_text(l->item[i]));
    return array;
}

static json_t *json_box(const struct box *b)
{
    return json_pack("{s:[I,I,I], s:[I,I,I]}", "lo", (json_int_t)b->lo[0], (json_int_t)b->lo[1],
                     (json_int_t)b->lo[2], "size", (json_int_t)b->size[0], (json_int_t)b->size[1],
                     (json_int_t)b->size[2]);
}

static json_t *describe(const struct recipe_structure *s, const struct build_result *r,
                        const struct mask_measure *m)
{
    json_t *entry = json_object();
    char file[MINT_SIZE + 8];
    snprintf(file, sizeof file, "%s.nii.gz", s->roi_id);
    const char *reason = !r->present ? r->reason : m->voxels == 0 ? "no voxel is left" : NULL;
    json_object_set_new(entry, "file", r->present ? json_string(file) : json_null());
    json_object_set_new(entry, "name", json_text(s->name));
    json_object_set_new(entry, "roi_id", json_string(s->roi_id));
    json_object_set_new(entry, "format", json_string("recipe"));
    json_object_set_new(entry, "voxels", json_integer(m->voxels));
    json_object_set_new(entry, "volume_ml", json_real(m->volume_ml));
    json_object_set_new(entry, "touches_border", json_boolean(m->touches_border));
    json_object_set_new(entry, "partial", json_boolean(r->partial));
    json_object_set_new(entry, "bounds", m->voxels > 0 ? json_box(&m->bounds) : json_null());
    json_object_set_new(entry, "reason", reason ? json_text(reason) : json_null());
    json_object_set_new(entry, "sources", texts(&r->sources));
    json_object_set_new(entry, "notes", texts(&r->notes));
    return entry;
}

/* Writes the mask's file, or removes that of an earlier run when the structure has no mask now. */
static bool put_file(const struct build_result *r, const struct volume *canvas, const char *folder,
                     const char *roi_id, struct err *e)
{
    struct str name = {0};
    str_addf(&name, "%s.nii.gz", roi_id);
    char *path = path_join(folder, str_text(&name));
    bool ok = r->present
                  ? nii_write(path, canvas, true, e)
                  : unlink(path) == 0 || errno == ENOENT || err_errno(e, "removing %s", path);
    free(path);
    str_free(&name);
    return ok;
}

/* canvas: zero before and after. */
static bool put_structure(struct builder *b, size_t index, struct volume *canvas,
                          const char *folder, json_t *masks, size_t *refused, struct err *e)
{
    const struct recipe_structure *s = &b->recipe->structure[index];
    const struct build_result *r;
    if (!build_structure(b, index, &r, e))
        return false;
    const struct box *box = &r->region.box;
    struct mask_measure m = {0};
    if (r->present) { /* else the region is what was built before a source was found missing */
        region_paste(&r->region, &b->grid, canvas->data);
        m = mask_measure(&b->grid, canvas->data, box);
    }
    bool ok = put_file(r, canvas, folder, s->roi_id, e);
    if (r->present)
        mask_clear(&b->grid, canvas->data, box);
    json_array_append_new(masks, describe(s, r, &m));
    *refused += r->refused;
    return ok;
}

bool boolmask_export_folder(struct builder *b, const bool *wanted, const char *folder,
                            size_t *refused, struct err *e)
{
    struct volume canvas = {0};
    json_t *masks = json_array(), *root = json_pack("{s:O}", "masks", masks);
    char *list = path_join(folder, "masks.json");
    *refused = 0;
    bool ok = make_folders(folder, e) && volume_alloc(&canvas, &b->grid, PIXEL_U8, e);
    for (size_t i = 0; ok && i < b->recipe->n; i++)
        if (!wanted || wanted[i])
            ok = put_structure(b, i, &canvas, folder, masks, refused, e);
    ok = ok && json_write(list, root, e);
    free(list);
    json_decref(masks);
    json_decref(root);
    volume_free(&canvas);
    return ok;
}

bool boolmask_export_single(const struct builder *b, const struct build_result *r, const char *path,
                            struct err *e)
{
    struct volume canvas;
    if (!r->present)
        return err_set(e, ERR_REFUSED, "there is no mask: %s", r->reason);
    if (!volume_alloc(&canvas, &b->grid, PIXEL_U8, e))
        return false;
    region_paste(&r->region, &b->grid, canvas.data);
    bool ok = nii_write(path, &canvas, true, e);
    volume_free(&canvas);
    return ok;
}

/* --- the list --- */

static void append_name(const char *name, void *array)
{
    json_array_append_new(array, json_text(name));
}

static json_t *describe_recipe(const struct recipe *r)
{
    json_t *all = json_array();
    for (size_t i = 0; i < r->n; i++) {
        const struct recipe_structure *s = &r->structure[i];
        const struct node *n = s->tree->kind == NODE_MARGIN ? s->tree->child[0] : s->tree;
        json_t *sources = json_array();
        node_each_name(s->tree, append_name, sources);
        json_array_append_new(all, json_pack("{s:o, s:s, s:s, s:o, s:o}", "name",
                                             json_text(s->name), "roi_id", s->roi_id, "operation",
                                             region_op_names[n->op], "sources", sources,
                                             "description", json_text(s->description)));
    }
    return all;
}

static void print_name(const char *name, void *separator)
{
    const char **between = separator;
    printf("%s", *between);
    for (; *name; name++) /* one line each, whatever characters a name contains */
        putchar((unsigned char)*name < ' ' || *name == 0x7f ? ' ' : *name);
    *between = ", ";
}

bool boolmask_list(const struct recipe *r, bool as_json, struct err *e)
{
    if (as_json) {
        json_t *all = describe_recipe(r);
        bool ok = json_write("-", all, e);
        json_decref(all);
        return ok;
    }
    for (size_t i = 0; i < r->n; i++) {
        const struct recipe_structure *s = &r->structure[i];
        const char *between = "";
        print_name(s->name, &between);
        printf("\t%s", s->roi_id);
        between = "\t";
        node_each_name(s->tree, print_name, &between);
        putchar('\n');
    }
    return true;
}
