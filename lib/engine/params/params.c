#include "engine/params/params.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "engine/params/builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_parameter_file(const char *path)
{
    return str_ends_with(path, ".yaml") || str_ends_with(path, ".yml") ||
           str_ends_with(path, ".json") || strcmp(path, "-") == 0;
}

static bool unknown_preset(const char *name, struct err *e)
{
    enum { MOST = 256 };
    const char *names[MOST + 1] = {NULL}, *nearest;
    int n = 0;
    for (const struct profile *const *p = profiles; *p; p++)
        for (const struct preset *s = (*p)->presets; s->name && n < MOST; s++)
            names[n++] = s->name;
    nearest = name_nearest(name, names);
    return err_set(e, ERR_USAGE, "unknown preset \"%.60s\"%s%s%s (radfeat --list presets)", name,
                   nearest ? ": did you mean \"" : "", nearest ? nearest : "",
                   nearest ? "\"?" : "");
}

/* What is read, by whose rules. */
struct opened {
    const struct profile *profile;
    struct yaml_doc *doc; /* NULL: there is no parameter file at all */
};

static bool find_profile(const struct params_source *source, struct opened *o,
                         const struct preset **preset, struct err *e)
{
    *preset = NULL;
    o->profile = source->profile ? profile_find(source->profile) : profiles[0];
    if (!o->profile)
        return err_set(e, ERR_USAGE, "unknown profile \"%s\"", source->profile);
    if (!source->preset)
        return true;
    for (const struct profile *const *p = profiles; *p && !*preset; p++) {
        *preset = profile_preset(*p, source->preset);
        if (*preset && source->profile && *p != o->profile)
            return err_set(e, ERR_USAGE, "preset %s belongs to profile %s", source->preset,
                           (*p)->name);
        if (*preset)
            o->profile = *p;
    }
    return *preset || unknown_preset(source->preset, e);
}

/* A file may name its profile. */
static bool profile_of_file(const struct params_source *source, struct opened *o, struct err *e)
{
    const struct yaml_node *node = yaml_get(yaml_root(o->doc), "profile");
    const struct profile *named = node ? profile_find(node->text) : o->profile;
    if (!named)
        return yaml_error(e, o->doc, node->line, "unknown profile \"%.60s\"", node->text);
    if (named != o->profile && (source->profile || source->preset))
        return yaml_error(e, o->doc, node->line, "the file is for profile %s, but %s is asked for",
                          named->name, o->profile->name);
    o->profile = named;
    return true;
}

static bool has_section(const struct profile *p, const char *name)
{
    for (const char *const *s = p->sections; *s; s++)
        if (strcmp(*s, name) == 0)
            return true;
    return false;
}

/* A file that is read by the rules of the wrong profile says so, instead of "unknown". */
static bool refuse_foreign(const struct opened *o, struct err *e)
{
    const struct yaml_node *root = yaml_root(o->doc);
    for (size_t i = 0; root->kind == YAML_MAP && i < root->n; i++)
        for (const struct profile *const *p = profiles; *p; p++)
            if (!has_section(o->profile, root->child[i]->key) &&
                has_section(*p, root->child[i]->key))
                return yaml_error(e, o->doc, root->child[i]->key_line,
                                  "%s is a section of profile %s, and the file is read as one of "
                                  "profile %s: \"profile: %s\" at its beginning, or --profile %s",
                                  root->child[i]->key, (*p)->name, o->profile->name, (*p)->name,
                                  (*p)->name);
    return true;
}

static bool open_source(const struct params_source *source, struct opened *o, struct err *e)
{
    const struct preset *preset;
    *o = (struct opened){0};
    if ((source->path != NULL) + (source->preset != NULL) + (source->text != NULL) > 1)
        return err_set(e, ERR_USAGE, "a preset and a parameter file exclude each other");
    if (!find_profile(source, o, &preset, e))
        return false;
    if (source->path && !is_parameter_file(source->path))
        return err_set(e, ERR_REFUSED, "parameter file %s: not .yaml, .yml or .json", source->path);
    const char *text = preset ? preset->text : source->text;
    if (!source->path && !text)
        return true;
    o->doc = text
                 ? yaml_parse(text, strlen(text), preset ? preset->name : "parameters", YAML_1_2, e)
                 : yaml_load(source->path, e);
    return o->doc && profile_of_file(source, o, e) && refuse_foreign(o, e);
}

/* Reads everything into p, whose profile is set. */
static bool build(struct params *p, const struct params_source *source, const struct yaml_doc *doc,
                  struct err *e)
{
    struct builder b = {.p = p, .profiles = profiles, .doc = doc, .e = e};
    struct str text = STR_MAY_FAIL;
    bool ok = builder_open(&b) && p->profile->read(&b, source);
    p->settings = b.scope.settings;
    if (ok) {
        effective_print(&b.effective, p->profile, source->voxel, &text);
        p->settings_text = str_take(&text);
        ok = p->settings_text || err_set(e, ERR_FAILED, "out of memory: the settings");
    }
    builder_close(&b);
    return ok;
}

bool params_create(const struct params_source *source, struct params **out, struct err *e)
{
    struct opened o;
    struct err ignored;
    e = e ? e : &ignored;
    if (!open_source(source, &o, e)) {
        yaml_destroy(o.doc);
        return false;
    }
    struct params *p = mem_array(1, sizeof *p, e);
    bool ok = p != NULL;
    if (ok) {
        p->profile = o.profile;
        ok = build(p, source, o.doc, e);
    }
    yaml_destroy(o.doc);
    if (ok)
        *out = p;
    else
        params_destroy(p);
    return ok;
}

void params_set_label(struct params *p, int64_t label)
{
    p->settings.load.label = label;
}

void params_destroy(struct params *p)
{
    if (!p)
        return;
    for (int i = 0; i < p->n_requests; i++) {
        free(p->request[i].feature);
        free(p->request[i].wanted);
    }
    owner_free(&p->owner);
    free(p->request);
    free(p->image_type);
    free(p->settings_text);
    free(p->image_types_text);
    free(p);
}
