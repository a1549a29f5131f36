#include "engine/params/overrides.h"

#include <stdio.h>
#include <string.h>

/* The text after "key=" as a YAML value; lists may be written without brackets. */
static struct yaml_doc *override_value(const struct key *k, const char *text, struct err *e)
{
    bool list = k->type == KEY_INTS || k->type == KEY_REALS;
    bool flag = k->type == KEY_BOOL && (strcmp(text, "0") == 0 || strcmp(text, "1") == 0);
    bool bare = list && text[0] != '[' && strcmp(text, "null") != 0 && text[0] != '\0';
    struct str yaml = STR_MAY_FAIL, name = STR_MAY_FAIL;
    if (flag) /* as pyradiomics' command line has it */
        text = text[0] == '1' ? "true" : "false";
    str_addf(&yaml, bare ? "[%s]" : "%s", text[0] ? text : "null");
    str_addf(&name, "--setting %s=%.100s", k->name, text);
    struct yaml_doc *doc = str_ok(&yaml, e) && str_ok(&name, e)
                               ? yaml_parse(yaml.text, yaml.len, name.text, YAML_1_2, e)
                               : NULL;
    str_free(&yaml);
    str_free(&name);
    return doc;
}

static bool unknown(struct builder *b, const char *text, const char *name)
{
    struct str said = STR_MAY_FAIL;
    builder_say_unknown(b, "setting", name, name, builder_nearest_key(b, name, false), &said);
    if (str_ok(&said, b->e))
        err_set(b->e, ERR_USAGE, "--setting %s: %s", text, said.text);
    str_free(&said);
    return false;
}

static bool read_override(struct builder *b, const char *text)
{
    size_t n = strcspn(text, "=:");
    char name[64];
    if (!text[n] || n >= sizeof name)
        return err_set(b->e, ERR_USAGE, "--setting %s: not KEY=VALUE", text);
    memcpy(name, text, n);
    name[n] = '\0';
    int filter;
    const struct key *k = builder_find_key(b, name, false, &filter);
    k = k ? k : builder_find_key(b, name, true, &filter);
    if (!k)
        return unknown(b, text, name);
    struct yaml_doc *doc = override_value(k, text + n + 1, b->e);
    struct seen_key *seen = builder_seen(b, k);
    bool good = doc && seen && builder_store(b, k, filter, yaml_root(doc), doc, &b->scope) &&
                effective_set(&b->effective, k, yaml_root(doc), b->e);
    if (!good && b->e && b->e->code == ERR_REFUSED)
        b->e->code = ERR_USAGE;
    if (seen)
        seen->line = 0;
    yaml_destroy(doc);
    return good;
}

bool overrides_read(struct builder *b, const struct params_source *source)
{
    for (size_t i = 0; i < source->n_settings; i++)
        if (!read_override(b, source->setting[i]))
            return false;
    if (source->label == 0)
        return true;
    char text[40];
    snprintf(text, sizeof text, "label=%lld", (long long)source->label);
    return read_override(b, text);
}
