#include "engine/params/params.h"

#include "base/mem.h"
#include "cli/opt.h"
#include "engine/params/effective.h"
#include "engine/params/hopeless.h"
#include "engine/params/keys.h"
#include "engine/params/presets.h"
#include "engine/params/pytext.h"
#include "engine/params/unset.h"
#include "shim/yaml.h"

#include <stdlib.h>
#include <string.h>

struct builder {
    struct params *p;
    const struct yaml_doc *doc; /* NULL: no parameter file */
    struct effective effective;
    struct owner owner;
    int null_line[64]; /* by key: where the file last says null; 0: nowhere */
    int line[64];      /* by key: where the file last gives it; 0: nowhere, or overridden */
    struct err *e;
};

/* --- settings --- */

static bool unknown(struct builder *b, int line, const char *what, const char *name,
                    const char *nearest)
{
    return yaml_error(b->e, b->doc, line, "unknown %s \"%.100s\"%s%s%s", what, name,
                      nearest ? ": did you mean \"" : "", nearest ? nearest : "",
                      nearest ? "\"?" : "");
}

static bool want_map(struct builder *b, const struct yaml_node *node)
{
    return node->kind == YAML_MAP ||
           yaml_error(b->e, b->doc, node->line, "%s must be a mapping, not a %s", node->key,
                      yaml_kind_name(node->kind));
}

/* One mapping of settings into s; `effective` NULL for those of an image type. */
static bool read_settings(struct builder *b, const struct yaml_node *map, bool voxel,
                          struct settings *s, struct effective *effective)
{
    if (!want_map(b, map))
        return false;
    for (size_t i = 0; i < map->n; i++) {
        const struct yaml_node *value = map->child[i];
        const struct key *k = key_find(value->key, voxel);
        if (!k)
            return unknown(b, value->key_line, voxel ? "voxel setting" : "setting", value->key,
                           key_nearest(value->key, voxel));
        if (!key_store(k, value, b->doc, &b->owner, s, b->e))
            return false;
        if (value->kind == YAML_NULL)
            b->null_line[k - keys] = value->line;
        b->line[k - keys] = value->line;
        if (effective)
            effective_set(effective, k, value);
    }
    return true;
}

/* --- overrides --- */

/* The text behind "key=" as a YAML value; lists may do without their brackets. */
static struct yaml_doc *override_value(const struct key *k, const char *text, struct err *e)
{
    bool list = k->type == KEY_INTS || k->type == KEY_REALS;
    bool flag = k->type == KEY_BOOL && (strcmp(text, "0") == 0 || strcmp(text, "1") == 0);
    bool bare = list && text[0] != '[' && strcmp(text, "null") != 0 && text[0] != '\0';
    struct str yaml = {0}, name = {0};
    if (flag) /* as pyradiomics' command line has it */
        text = text[0] == '1' ? "true" : "false";
    str_addf(&yaml, bare ? "[%s]" : "%s", text[0] ? text : "null");
    str_addf(&name, "--setting %s=%.100s", k->name, text);
    struct yaml_doc *doc = yaml_parse(yaml.text, yaml.len, name.text, YAML_1_2, e);
    str_free(&yaml);
    str_free(&name);
    return doc;
}

static bool read_override(struct builder *b, const char *text)
{
    size_t n = strcspn(text, "=:");
    char name[64];
    if (!text[n] || n >= sizeof name)
        return err_set(b->e, ERR_USAGE, "--setting %s: not KEY=VALUE", text);
    memcpy(name, text, n);
    name[n] = '\0';
    const struct key *k = key_find(name, false) ? key_find(name, false) : key_find(name, true);
    if (!k) {
        const char *nearest = key_nearest(name, false);
        return err_set(b->e, ERR_USAGE, "--setting %s: unknown setting \"%s\"%s%s%s", text, name,
                       nearest ? ": did you mean \"" : "", nearest ? nearest : "",
                       nearest ? "\"?" : "");
    }
    struct yaml_doc *doc = override_value(k, text + n + 1, b->e);
    bool good = doc && key_store(k, yaml_root(doc), doc, &b->owner, &b->p->settings, b->e);
    if (good)
        effective_set(&b->effective, k, yaml_root(doc));
    else
        b->e->code = ERR_USAGE;
    b->line[k - keys] = 0;
    yaml_destroy(doc);
    return good;
}

static bool read_overrides(struct builder *b, const struct params_source *source)
{
    for (size_t i = 0; i < source->n_settings; i++)
        if (!read_override(b, source->setting[i]))
            return false;
    if (source->label == 0)
        return true;
    struct str text = {0};
    str_addf(&text, "label=%lld", (long long)source->label);
    bool good = read_override(b, text.text);
    str_free(&text);
    return good;
}

/* --- image types --- */

static void add_image_type(struct params *p, const struct filter *f, const struct settings *s)
{
    p->image_type = mem_grow(p->image_type, (size_t)p->n_image_types + 1, sizeof *p->image_type);
    p->image_type[p->n_image_types++] = (struct filter_request){f, *s};
}

static const char *nearest_filter(const char *name)
{
    const char *names[64] = {0};
    for (size_t i = 0; filters[i] && i < 63; i++)
        names[i] = filters[i]->name;
    return opt_nearest(name, names);
}

static bool read_image_types(struct builder *b, const struct yaml_node *map)
{
    if (map && !want_map(b, map))
        return false;
    for (size_t i = 0; map && i < map->n; i++) {
        const struct yaml_node *value = map->child[i];
        const struct filter *f = filter_find(value->key);
        struct settings s = b->p->settings;
        if (!f)
            return unknown(b, value->key_line, "image type", value->key,
                           nearest_filter(value->key));
        if (!read_settings(b, value, false, &s, NULL))
            return false;
        if (s.label != b->p->settings.label)
            return yaml_error(b->e, b->doc, value->line,
                              "%s: label is one for all image types (setting, or --label)",
                              value->key);
        add_image_type(b->p, f, &s);
    }
    struct str text = {0};
    if (map && map->n)
        pytext_node(&text, map);
    else
        str_add(&text, "{'Original': {}}");
    b->p->image_types_text = str_take(&text);
    if (b->p->n_image_types == 0)
        add_image_type(b->p, filter_find("Original"), &b->p->settings);
    return true;
}

/* --- classes --- */

static bool is_shape(const struct family *f)
{
    return f->tap == TAP_SHAPE;
}

/* A new request behind the others of its kind: shape classes come first. */
static struct class_request *add_class(struct params *p, const struct family *f)
{
    p->request = mem_grow(p->request, (size_t)p->n_requests + 1, sizeof *p->request);
    int at = p->n_requests++;
    for (; is_shape(f) && at > 0; at--) {
        const struct family *before = p->request[at - 1].family;
        if (is_shape(before) && strcmp(before->name, f->name) < 0)
            break;
        p->request[at] = p->request[at - 1];
    }
    p->request[at] = (struct class_request){
        .family = f,
        .feature = mem_must(calloc((size_t)f->n_features, sizeof(int))),
        .wanted = mem_must(calloc((size_t)f->n_features, sizeof(bool))),
    };
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

static const char *nearest_family(const char *name)
{
    const char *names[32] = {0};
    for (size_t i = 0; families[i] && i < 31; i++)
        names[i] = families[i]->name;
    return opt_nearest(name, names);
}

static const char *nearest_feature(const struct family *f, const char *name)
{
    const char *names[64] = {0};
    for (int i = 0; i < f->n_features && i < 63; i++)
        names[i] = family_row(f, i)->name;
    return opt_nearest(name, names);
}

static bool read_class(struct builder *b, const struct yaml_node *list)
{
    const struct family *f = family_find(list->key);
    if (!f)
        return unknown(b, list->key_line, "feature class", list->key, nearest_family(list->key));
    if (list->kind != YAML_NULL && list->kind != YAML_LIST)
        return yaml_error(b->e, b->doc, list->line, "%s must be empty or a list of features",
                          list->key);
    struct class_request *r = add_class(b->p, f);
    for (size_t i = 0; i < list->n; i++) {
        int feature = family_feature(f, list->child[i]->text);
        if (list->child[i]->kind == YAML_NULL || feature < 0)
            return unknown(b, list->child[i]->line, "feature", list->child[i]->text,
                           nearest_feature(f, list->child[i]->text));
        want(r, feature);
    }
    if (list->n == 0)
        want_all(r);
    return true;
}

/* shape2D is off without a parameter file, and on with one that names no class: as pyradiomics. */
static bool read_classes(struct builder *b, const struct yaml_node *map)
{
    if (map && !want_map(b, map))
        return false;
    for (size_t i = 0; map && i < map->n; i++)
        if (!read_class(b, map->child[i]))
            return false;
    if (map && map->n)
        return true;
    for (const struct family *const *f = families; *f; f++)
        if (b->doc || strcmp((*f)->name, "shape2D") != 0)
            want_all(add_class(b->p, *f));
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
            return unknown(b, root->child[i]->key_line, "section", root->child[i]->key,
                           opt_nearest(root->child[i]->key, sections));
    }
    return true;
}

static bool values_are_set(struct builder *b, bool voxel)
{
    const struct key *k = unset_but_used(b->p, voxel);
    if (!k)
        return true;
    int line = b->null_line[k - keys];
    return line ? yaml_error(b->e, b->doc, line,
                             "%s is used, so it must be set to a value, not null", k->name)
                : err_set(b->e, ERR_USAGE, "--setting %s: it is used, so it must be set to a value",
                          k->name);
}

static bool some_case_can_succeed(struct builder *b)
{
    const char *wanted;
    const struct key *k = hopeless_key(b->p, &wanted);
    if (!k)
        return true;
    int line = b->line[k - keys];
    return line ? yaml_error(b->e, b->doc, line, "%s must %s", k->name, wanted)
                : err_set(b->e, ERR_USAGE, "--setting %s: it must %s", k->name, wanted);
}

static bool build(struct builder *b, const struct params_source *source)
{
    const struct yaml_node none = {.kind = YAML_MAP}, *root = b->doc ? yaml_root(b->doc) : &none;
    struct settings *s = &b->p->settings;
    if (b->doc && !known_sections(b))
        return false;
    const struct yaml_node *setting = yaml_get(root, "setting");
    const struct yaml_node *voxel = yaml_get(root, "voxelSetting");
    return (!setting || read_settings(b, setting, false, s, &b->effective)) &&
           (!voxel || read_settings(b, voxel, true, s, &b->effective)) &&
           read_overrides(b, source) && read_image_types(b, yaml_get(root, "imageType")) &&
           read_classes(b, yaml_get(root, "featureClass")) && values_are_set(b, source->voxel) &&
           some_case_can_succeed(b);
}

static bool is_parameter_file(const char *path)
{
    return str_ends_with(path, ".yaml") || str_ends_with(path, ".yml") ||
           str_ends_with(path, ".json") || strcmp(path, "-") == 0;
}

static bool unknown_preset(const char *name, struct err *e)
{
    struct str list = {0};
    for (const struct preset *p = presets; p->name; p++)
        str_addf(&list, "%s%s", p == presets ? "" : ", ", p->name);
    err_set(e, ERR_USAGE, "unknown preset \"%s\": there are %s", name, list.text);
    str_free(&list);
    return false;
}

/* *doc stays NULL when there is no parameter file at all. */
static bool open_source(const struct params_source *source, struct yaml_doc **doc, struct err *e)
{
    const struct preset *preset = source->preset ? preset_find(source->preset) : NULL;
    const char *text = preset ? preset->text : source->text;
    *doc = NULL;
    if ((source->path != NULL) + (source->preset != NULL) + (source->text != NULL) > 1)
        return err_set(e, ERR_USAGE, "a preset and a parameter file exclude each other");
    if (source->preset && !preset)
        return unknown_preset(source->preset, e);
    if (source->path && !is_parameter_file(source->path))
        return err_set(e, ERR_REFUSED, "parameter file %s: not .yaml, .yml or .json", source->path);
    if (!source->path && !text)
        return true;
    *doc = text ? yaml_parse(text, strlen(text), preset ? preset->name : "parameters", YAML_1_2, e)
                : yaml_load(source->path, e);
    return *doc != NULL;
}

bool params_create(const struct params_source *source, struct params **out, struct err *e)
{
    struct yaml_doc *doc;
    if (!open_source(source, &doc, e))
        return false;
    struct params *p = mem_must(calloc(1, sizeof *p));
    p->settings = settings_default();
    struct builder b = {.p = p, .doc = doc, .e = e};
    bool good = build(&b, source);
    struct str text = {0};
    effective_print(&b.effective, source->voxel, &text);
    p->settings_text = str_take(&text);
    effective_free(&b.effective);
    p->owned = b.owner.block;
    p->n_owned = b.owner.n;
    yaml_destroy(doc);
    if (good)
        *out = p;
    else
        params_destroy(p);
    return good;
}

void params_destroy(struct params *p)
{
    if (!p)
        return;
    for (int i = 0; i < p->n_requests; i++) {
        free(p->request[i].feature);
        free(p->request[i].wanted);
    }
    for (size_t i = 0; i < p->n_owned; i++)
        free(p->owned[i]);
    free(p->owned);
    free(p->request);
    free(p->image_type);
    free(p->settings_text);
    free(p->image_types_text);
    free(p);
}
