#include "engine/params/pyradiomics_file.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "engine/params/overrides.h"
#include "engine/params/pytext.h"

#include <stdlib.h>
#include <string.h>

/* --- image types --- */

static int number_of(const struct profile *p, const struct filter *f)
{
    int i = 0;
    while (p->filters[i] != f)
        i++;
    return i;
}

/* Adds an image type with what a scope has for it; takes the filter's parameters out of the scope.
 */
static bool add_image_type(struct builder *b, const struct filter *f, struct scope *s, bool voxel)
{
    struct params *p = b->p;
    int filter = number_of(p->profile, f);
    if (!builder_null_serves(b, s, filter, voxel))
        return false;
    struct filter_request *more =
        mem_resize(p->image_type, (size_t)p->n_image_types + 1, sizeof *more, b->e);
    if (!more)
        return false;
    p->image_type = more;
    more[p->n_image_types++] = (struct filter_request){f, s->own[filter], s->settings.image};
    void *own = s->own[filter];
    s->own[filter] = NULL;
    return owner_take(&p->owner, own, b->e);
}

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
    ok = ok && add_image_type(b, f, &s, voxel);
    scope_close(b, &s);
    return ok;
}

/* The image itself, with the settings of the case. */
static bool add_original(struct builder *b, bool voxel)
{
    struct scope s;
    bool ok = scope_copy(b, &s) && add_image_type(b, b->p->profile->filters[0], &s, voxel);
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

static bool is_shape(const struct family *f)
{
    return f->tap == TAP_SHAPE;
}

/* A new request behind the others of its kind: shape classes come first. NULL without memory. */
static struct class_request *add_class(struct params *p, const struct family *f, struct err *e)
{
    struct class_request *more = mem_resize(p->request, (size_t)p->n_requests + 1, sizeof *more, e);
    if (!more)
        return NULL;
    p->request = more;
    int *feature = mem_array((size_t)f->n_features, sizeof *feature, e);
    bool *wanted = mem_array((size_t)f->n_features, sizeof *wanted, e);
    if (!feature || !wanted) {
        free(feature);
        free(wanted);
        return NULL;
    }
    int at = p->n_requests++;
    for (; is_shape(f) && at > 0; at--) {
        const struct family *before = p->request[at - 1].family;
        if (is_shape(before) && strcmp(before->name, f->name) < 0)
            break;
        p->request[at] = p->request[at - 1];
    }
    p->request[at] = (struct class_request){.family = f, .feature = feature, .wanted = wanted};
    return &p->request[at];
}

static void want(struct class_request *r, int feature)
{
    if (r->wanted[feature])
        return;
    r->wanted[feature] = true;
    r->feature[r->n++] = feature;
}

static void want_all(struct class_request *r)
{
    for (int i = 0; i < r->family->n_features; i++)
        if (family_row(r->family, i)->status == FEATURE_CURRENT)
            want(r, i);
}

static bool read_class(struct builder *b, const struct yaml_node *list)
{
    const struct family *f = profile_family(b->p->profile, list->key);
    if (!f)
        return builder_unknown(b, list->key_line, "feature class", list->key,
                               builder_nearest_family(b, list->key));
    if (list->kind != YAML_NULL && list->kind != YAML_LIST)
        return yaml_error(b->e, b->doc, list->line, "%s must be empty or a list of features",
                          list->key);
    struct class_request *r = add_class(b->p, f, b->e);
    if (!r)
        return false;
    for (size_t i = 0; i < list->n; i++) {
        int feature = family_feature(f, list->child[i]->text);
        if (list->child[i]->kind == YAML_NULL || feature < 0)
            return builder_unknown(b, list->child[i]->line, "feature", list->child[i]->text,
                                   builder_nearest_feature(f, list->child[i]->text));
        want(r, feature);
    }
    if (list->n == 0)
        want_all(r);
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
        struct class_request *r = add_class(b->p, *f, b->e);
        if (!r)
            return false;
        want_all(r);
    }
    return true;
}

/* --- the whole --- */

static bool known_sections(struct builder *b)
{
    static const char *const sections[] = {"setting", "voxelSetting", "imageType", "featureClass",
                                           NULL};
    const struct yaml_node *root = yaml_root(b->doc);
    if (root->kind != YAML_MAP)
        return yaml_error(b->e, b->doc, root->line, "a parameter file is a mapping, not a %s",
                          yaml_kind_name(root->kind));
    for (size_t i = 0; i < root->n; i++) {
        int known = 0;
        for (const char *const *s = sections; *s; s++)
            known |= strcmp(root->child[i]->key, *s) == 0;
        if (!known)
            return builder_unknown(b, root->child[i]->key_line, "section", root->child[i]->key,
                                   name_nearest(root->child[i]->key, sections));
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
