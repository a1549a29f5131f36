/* The layout of IBSI's parameter file: sections of settings, a list of filters, aggregations,
 * features. */
#include "base/nearest.h"
#include "engine/params/ibsi.h"
#include "engine/params/overrides.h"
#include "engine/params/pytext.h"
#include "engine/params/requests.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const ibsi_sections[] = {"interpolation",
                                     "resegmentation",
                                     "discretisation",
                                     "intensity_volume_histogram",
                                     "texture",
                                     "filters",
                                     "aggregation",
                                     "features",
                                     NULL};

/* --- settings --- */

static void set_defaults(struct settings *s)
{
    s->check.minimum_roi_dimensions = 1;
    s->centred = (struct centred_settings){
        .image = CENTRED_LINEAR, .mask = CENTRED_LINEAR, .mask_threshold = 0.5};
    s->image.discretise = (struct discretise_settings){
        .rule = DISCRETISE_BIN_COUNT, .bin_count = 32, .bin_width = 25};
    s->image.family.ivh = (struct ivh_settings){.bin_width = 2.5, .bin_count = 1000};
}

/* "SECTION.KEY" */
static void full_name(const char *section, const char *key, char out[96])
{
    snprintf(out, 96, "%s.%.60s", section, key);
}

/* Stores one value of a table of keys; filter: number of the filter whose keys they are, or -1. */
static bool read_key(struct builder *b, const struct key *table, const char *name, int filter,
                     const struct yaml_node *value, struct scope *s)
{
    const struct key *k = table ? key_find(table, name, false) : NULL;
    if (!k)
        return builder_unknown_key(b, value->key_line, "setting", name, value->key,
                                   builder_nearest_key(b, name, false));
    struct seen_key *seen = builder_seen(b, k);
    if (!seen || !builder_store(b, k, filter, value, b->doc, s))
        return false;
    seen->line = value->line;
    if (value->kind == YAML_NULL)
        seen->null_line = value->line;
    return filter >= 0 || s != &b->scope || effective_set(&b->effective, k, value, b->e);
}

static bool read_section(struct builder *b, const struct yaml_node *map)
{
    if (!builder_want_map(b, map))
        return false;
    for (size_t i = 0; i < map->n; i++) {
        char name[96];
        full_name(map->key, map->child[i]->key, name);
        if (!read_key(b, b->p->profile->keys, name, -1, map->child[i], &b->scope))
            return false;
    }
    return true;
}

static bool is_settings(const char *section)
{
    return strcmp(section, "filters") != 0 && strcmp(section, "aggregation") != 0 &&
           strcmp(section, "features") != 0;
}

static bool has_name(const char *const *list, const char *name)
{
    for (; *list; list++)
        if (strcmp(*list, name) == 0)
            return true;
    return false;
}

static bool read_root(struct builder *b, const struct yaml_node *root)
{
    if (root->kind != YAML_MAP)
        return yaml_error(b->e, b->doc, root->line, "a parameter file is a mapping, not a %s",
                          yaml_kind_name(root->kind));
    for (size_t i = 0; i < root->n; i++) {
        const struct yaml_node *node = root->child[i];
        bool known = has_name(ibsi_sections, node->key);
        if (strcmp(node->key, "profile") == 0 || (known && !is_settings(node->key)))
            continue;
        if (known ? !read_section(b, node)
            : key_find(b->p->profile->keys, node->key, false)
                ? !read_key(b, b->p->profile->keys, node->key, -1, node, &b->scope)
                : !builder_unknown(b, node->key_line, "section", node->key,
                                   name_nearest(node->key, ibsi_sections)))
            return false;
    }
    return true;
}

/* What follows from the re-segmentation unless the file says otherwise. */
static void derive(struct settings *s)
{
    struct image_settings *image = &s->image;
    if (!s->keep.has_range || s->keep.range.n != 2)
        return;
    image->family.ivh.has_range = true;
    image->family.ivh.range[0] = s->keep.range.item[0];
    image->family.ivh.range[1] = s->keep.range.item[1];
    if (!image->discretise.has_lowest && isfinite(s->keep.range.item[0])) {
        image->discretise.has_lowest = true;
        image->discretise.lowest = s->keep.range.item[0];
    }
}

/* --- filters --- */

static int filter_number(const struct profile *p, const char *name)
{
    for (int i = 0; p->filters[i]; i++)
        if (strcmp(p->filters[i]->name, name) == 0)
            return i;
    return -1;
}

static bool read_filter_settings(struct builder *b, const struct yaml_node *map, int filter,
                                 struct scope *s)
{
    if (map->kind == YAML_NULL)
        return true;
    if (!builder_want_map(b, map))
        return false;
    for (size_t i = 0; i < map->n; i++) {
        char name[96];
        const struct yaml_node *value = map->child[i];
        full_name(map->key, value->key, name);
        bool of_stage = strchr(value->key, '.') != NULL;
        const struct key *table =
            of_stage ? b->p->profile->keys : b->p->profile->filters[filter]->keys;
        if (!read_key(b, table, of_stage ? value->key : name, of_stage ? -1 : filter, value, s))
            return false;
    }
    return true;
}

static bool read_filter(struct builder *b, const char *name, int line,
                        const struct yaml_node *settings)
{
    int filter = filter_number(b->p->profile, name);
    struct scope s;
    if (filter < 0)
        return builder_unknown(b, line, "filter", name, builder_nearest_filter(b, name));
    bool good = scope_copy(b, &s) && (!settings || read_filter_settings(b, settings, filter, &s)) &&
                builder_add_image_type(b, b->p->profile->filters[filter], &s, false);
    scope_close(b, &s);
    return good;
}

/* "- NAME", or "- NAME: {KEY: VALUE}". */
static bool read_list_entry(struct builder *b, const struct yaml_node *node)
{
    if (node->kind == YAML_TEXT)
        return read_filter(b, node->text, node->line, NULL);
    if (node->kind != YAML_MAP || node->n != 1)
        return yaml_error(b->e, b->doc, node->line,
                          "filters: each must be a name, or one name with its settings");
    return read_filter(b, node->child[0]->key, node->child[0]->key_line, node->child[0]);
}

static bool read_filters(struct builder *b, const struct yaml_node *list)
{
    struct str text = STR_MAY_FAIL;
    if (list && list->kind != YAML_LIST)
        return yaml_error(b->e, b->doc, list->line, "filters must be a list, not a %s",
                          yaml_kind_name(list->kind));
    for (size_t i = 0; list && i < list->n; i++)
        if (!read_list_entry(b, list->child[i]))
            return false;
    if (b->p->n_image_types == 0 && !read_filter(b, b->p->profile->filters[0]->name, 0, NULL))
        return false;
    if (list && list->n)
        pytext_node(&text, list);
    else
        str_addf(&text, "['%s']", b->p->profile->filters[0]->name);
    b->p->image_types_text = str_take(&text);
    return b->p->image_types_text ||
           err_set(b->e, ERR_FAILED, "out of memory: the list of filters");
}

/* --- aggregation --- */

static const struct {
    const char *name, *code;
} methods[] = {
    {"2D_avg", "BTW3"},     {"2D_slice_merge", "SUJT"}, {"2.5D_dir_merge", "JJUI"},
    {"2.5D_merge", "ZW7Z"}, {"3D_avg", "ITBB"},         {"3D_merge", "IAZD"},
    {"2D", "8QNN"},         {"2.5D", "62GR"},           {"3D", "KOBO"},
};
enum { N_METHODS = sizeof methods / sizeof *methods };

/* The wanted methods, in IBSI's order. */
struct wanted {
    bool method[N_METHODS];
};

static bool want_method(struct builder *b, const struct yaml_node *node, struct wanted *w)
{
    bool found = false, all = strcmp(node->text, "all") == 0;
    const char *names[N_METHODS + 2];
    for (int i = 0; i < N_METHODS; i++) {
        names[i] = methods[i].name;
        if (all || strcmp(node->text, methods[i].name) == 0 ||
            strcmp(node->text, methods[i].code) == 0)
            w->method[i] = found = true;
    }
    names[N_METHODS] = "all";
    names[N_METHODS + 1] = NULL;
    return found || builder_unknown(b, node->line, "aggregation", node->text,
                                    name_nearest(node->text, names));
}

static bool read_aggregation(struct builder *b, const struct yaml_node *list, struct wanted *w)
{
    static const char *const usual[] = {"ITBB", "IAZD", "KOBO"};
    if (list && list->kind == YAML_LIST) {
        for (size_t i = 0; i < list->n; i++)
            if (!want_method(b, list->child[i], w))
                return false;
        return list->n > 0 || yaml_error(b->e, b->doc, list->line, "aggregation must not be empty");
    }
    if (list)
        return want_method(b, list, w);
    for (int i = 0; i < N_METHODS; i++)
        for (size_t k = 0; k < sizeof usual / sizeof *usual; k++)
            w->method[i] |= strcmp(methods[i].code, usual[k]) == 0;
    return true;
}

/* --- features --- */

static bool want_features(struct builder *b, struct class_request *r, const struct yaml_node *list)
{
    for (size_t i = 0; list && i < list->n; i++) {
        int feature = family_feature(r->family, list->child[i]->text);
        if (feature < 0)
            return builder_unknown(b, list->child[i]->line, "feature", list->child[i]->text,
                                   builder_nearest_feature(r->family, list->child[i]->text));
        class_want(r, feature);
    }
    if (!list || list->n == 0)
        class_want_all(r);
    return true;
}

static bool add_request(struct builder *b, const struct family *f, const struct aggregation *a,
                        const struct yaml_node *list)
{
    struct class_request *r = builder_add_class(b->p, f, b->e);
    if (!r)
        return false;
    r->aggregation = a;
    return want_features(b, r, list);
}

/* One request for each wanted method that the family has. */
static bool add_family(struct builder *b, const struct family *f, const struct wanted *w,
                       const struct yaml_node *list, int line)
{
    bool any = false;
    if (f->aggregates == AGGREGATES_NOTHING)
        return add_request(b, f, NULL, list);
    for (int i = 0; i < N_METHODS; i++) {
        const struct aggregation *a = aggregation_find(methods[i].code);
        if (!w->method[i] || a->kind != f->aggregates)
            continue;
        if (!add_request(b, f, a, list))
            return false;
        any = true;
    }
    return any || yaml_error(b->e, b->doc, line,
                             "%s has none of the aggregations that are asked for (%s)", f->name,
                             f->aggregates == AGGREGATES_SLICES ? "2D, 2.5D or 3D"
                                                                : "2D_avg, 3D_merge, ...");
}

static bool read_family(struct builder *b, const char *name, int line, const struct wanted *w,
                        const struct yaml_node *list)
{
    const struct family *f = profile_family(b->p->profile, name);
    if (!f)
        return builder_unknown(b, line, "feature family", name, builder_nearest_family(b, name));
    if (list && list->kind != YAML_NULL && list->kind != YAML_LIST)
        return yaml_error(b->e, b->doc, list->line, "%s must be empty or a list of features", name);
    return add_family(b, f, w, list && list->kind == YAML_LIST ? list : NULL, line);
}

static bool read_features(struct builder *b, const struct yaml_node *node, const struct wanted *w)
{
    if (!node || node->kind == YAML_NULL) {
        for (const struct family *const *f = b->p->profile->families; *f; f++)
            if (!add_family(b, *f, w, NULL, 0))
                return false;
        return true;
    }
    if (node->kind != YAML_LIST && node->kind != YAML_MAP)
        return yaml_error(b->e, b->doc, node->line,
                          "features must be a list of families, or a mapping of them to features");
    for (size_t i = 0; i < node->n; i++) {
        const struct yaml_node *child = node->child[i];
        bool named = node->kind == YAML_MAP;
        if (!read_family(b, named ? child->key : child->text, named ? child->key_line : child->line,
                         w, named ? child : NULL))
            return false;
    }
    return true;
}

bool ibsi_read(struct builder *b, const struct params_source *source)
{
    const struct yaml_node none = {.kind = YAML_MAP}, *root = b->doc ? yaml_root(b->doc) : &none;
    struct wanted w = {{false}};
    set_defaults(&b->scope.settings);
    if (source->voxel)
        return err_set(b->e, ERR_USAGE, "there are no maps of features in profile ibsi");
    if (!read_root(b, root) || !overrides_read(b, source))
        return false;
    derive(&b->scope.settings);
    return read_filters(b, yaml_get(root, "filters")) &&
           read_aggregation(b, yaml_get(root, "aggregation"), &w) &&
           read_features(b, yaml_get(root, "features"), &w) && builder_values_serve(b);
}
