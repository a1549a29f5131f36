#include "engine/params/pyradiomics_file.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "engine/params/overrides.h"
#include "engine/params/pytext.h"
#include "engine/params/requests.h"

#include <stdlib.h>
#include <string.h>

const char *const pyradiomics_sections[] = {"setting", "voxelSetting", "imageType", "featureClass",
                                            NULL};

/* --- image types --- */

static bool read_image_type(struct builder *b, const struct yaml_node *value, bool voxel)
{
    const struct filter *f = profile_filter(b->p->profile, value->key);
    struct scope s;
    if (!f)
        return builder_unknown(b, value->key_line, "image type", value->key,
                               builder_nearest_filter(b, value->key));
    bool ok = scope_copy(b, &s) && builder_read_settings(b, value, false, &s, false);
    if (ok && s.settings.load.label != b->scope.settings.load.label)
        ok = yaml_error(b->e, b->doc, value->line,
                        "%s: label is one for all image types (setting, or --label)", value->key);
    ok = ok && builder_add_image_type(b, f, &s, voxel);
    scope_close(b, &s);
    return ok;
}

/* The image itself, with the settings of the case. */
static bool add_original(struct builder *b, bool voxel)
{
    struct scope s;
    bool ok = scope_copy(b, &s) && builder_add_image_type(b, b->p->profile->filters[0], &s, voxel);
    scope_close(b, &s);
    return ok;
}

static bool read_image_types(struct builder *b, const struct yaml_node *map, bool voxel)
{
    if (map && !builder_want_map(b, map))
        return false;
    for (size_t i = 0; map && i < map->n; i++)
        if (!read_image_type(b, map->child[i], voxel))
            return false;
    struct str text = STR_MAY_FAIL;
    if (map && map->n)
        pytext_node(&text, map);
    else
        str_addf(&text, "{'%s': {}}", b->p->profile->filters[0]->name);
    b->p->image_types_text = str_take(&text);
    if (!b->p->image_types_text)
        return err_set(b->e, ERR_FAILED, "out of memory: the image types");
    return b->p->n_image_types > 0 || add_original(b, voxel);
}

/* --- classes --- */

static bool read_class(struct builder *b, const struct yaml_node *list)
{
    const struct family *f = profile_family(b->p->profile, list->key);
    if (!f)
        return builder_unknown(b, list->key_line, "feature class", list->key,
                               builder_nearest_family(b, list->key));
    if (list->kind != YAML_NULL && list->kind != YAML_LIST)
        return yaml_error(b->e, b->doc, list->line, "%s must be empty or a list of features",
                          list->key);
    struct class_request *r = builder_add_class(b->p, f, b->e);
    if (!r)
        return false;
    for (size_t i = 0; i < list->n; i++) {
        int feature = family_feature(f, list->child[i]->text);
        if (list->child[i]->kind == YAML_NULL || feature < 0)
            return builder_unknown(b, list->child[i]->line, "feature", list->child[i]->text,
                                   builder_nearest_feature(f, list->child[i]->text));
        class_want(r, feature);
    }
    if (list->n == 0)
        class_want_all(r);
    return true;
}

/* Classes on request (shape2D) are off without a parameter file, and on with one that names no
 * class: as in pyradiomics. */
static bool read_classes(struct builder *b, const struct yaml_node *map)
{
    if (map && !builder_want_map(b, map))
        return false;
    for (size_t i = 0; map && i < map->n; i++)
        if (!read_class(b, map->child[i]))
            return false;
    if (map && map->n)
        return true;
    for (const struct family *const *f = b->p->profile->families; *f; f++) {
        if (!b->doc && (*f)->on_request)
            continue;
        struct class_request *r = builder_add_class(b->p, *f, b->e);
        if (!r)
            return false;
        class_want_all(r);
    }
    return true;
}

/* --- the whole --- */

static bool known_sections(struct builder *b)
{
    const struct yaml_node *root = yaml_root(b->doc);
    if (root->kind != YAML_MAP)
        return yaml_error(b->e, b->doc, root->line, "a parameter file is a mapping, not a %s",
                          yaml_kind_name(root->kind));
    for (size_t i = 0; i < root->n; i++) {
        bool known = strcmp(root->child[i]->key, "profile") == 0;
        for (const char *const *s = pyradiomics_sections; *s; s++)
            known |= strcmp(root->child[i]->key, *s) == 0;
        if (!known)
            return builder_unknown(b, root->child[i]->key_line, "section", root->child[i]->key,
                                   name_nearest(root->child[i]->key, pyradiomics_sections));
    }
    return true;
}

bool pyradiomics_read(struct builder *b, const struct params_source *source)
{
    const struct yaml_node none = {.kind = YAML_MAP}, *root = b->doc ? yaml_root(b->doc) : &none;
    if (b->doc && !known_sections(b))
        return false;
    const struct yaml_node *setting = yaml_get(root, "setting");
    const struct yaml_node *voxel = yaml_get(root, "voxelSetting");
    return (!setting || builder_read_settings(b, setting, false, &b->scope, true)) &&
           (!voxel || builder_read_settings(b, voxel, true, &b->scope, true)) &&
           overrides_read(b, source) &&
           read_image_types(b, yaml_get(root, "imageType"), source->voxel) &&
           read_classes(b, yaml_get(root, "featureClass")) && builder_values_serve(b);
}
