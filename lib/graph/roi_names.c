#include "graph/roi_names.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "names/pattern.h"
#include "shim/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool take_pattern(const struct yaml_doc *doc, const struct yaml_node *v, struct roi_name *to,
                         struct err *e)
{
    if (v->kind == YAML_LIST || v->kind == YAML_MAP || v->kind == YAML_NULL)
        return yaml_error(e, doc, v->line, "a pattern is expected, not a %s",
                          yaml_kind_name(v->kind));
    if (!v->text[0] || strlen(v->text) > PATTERN_LONGEST || strpbrk(v->text, "\n\r\t"))
        return yaml_error(e, doc, v->line, "a pattern is one line of 1 to %d bytes",
                          PATTERN_LONGEST);
    if (str_list_has(&to->patterns, v->text))
        return yaml_error(e, doc, v->line, "\"%s\" is there twice", v->text);
    str_list_add(&to->patterns, v->text);
    return true;
}

static bool take_name(const struct yaml_doc *doc, const struct yaml_node *v, struct roi_names *out,
                      struct err *e)
{
    if (!v->key[0] || strlen(v->key) > PATTERN_LONGEST || strpbrk(v->key, "\n\r\t"))
        return yaml_error(e, doc, v->key_line, "a name is one line of 1 to %d bytes",
                          PATTERN_LONGEST);
    for (size_t i = 0; i < out->n; i++)
        if (strcasecmp(out->item[i].name, v->key) == 0)
            return yaml_error(e, doc, v->key_line, "\"%s\" is there twice", v->key);
    if (v->kind != YAML_LIST || !v->n)
        return yaml_error(e, doc, v->line, "\"%s\": a list of patterns is expected, not %s", v->key,
                          v->kind == YAML_LIST ? "an empty one" : yaml_kind_name(v->kind));
    out->item = mem_grow(out->item, out->n + 1, sizeof *out->item);
    struct roi_name *to = &out->item[out->n++];
    *to = (struct roi_name){.name = mem_strdup(v->key)};
    for (size_t i = 0; i < v->n; i++)
        if (!take_pattern(doc, v->child[i], to, e))
            return false;
    return true;
}

bool roi_names_parse(const char *bytes, size_t n, const char *path, struct roi_names *out,
                     struct err *e)
{
    *out = (struct roi_names){0};
    bool json = str_ends_with(path, ".json");
    struct yaml_doc *doc = yaml_parse(bytes, n, path, json ? YAML_JSON : YAML_1_2, e);
    if (!doc)
        return false;
    const struct yaml_node *root = yaml_root(doc);
    bool ok = (root->kind == YAML_MAP && root->n) ||
              yaml_error(e, doc, root->line, "a mapping of names to lists of patterns is expected");
    for (size_t i = 0; ok && i < root->n; i++)
        ok = take_name(doc, root->child[i], out, e);
    yaml_destroy(doc);
    if (!ok)
        roi_names_free(out);
    return ok;
}

bool roi_names_load(const char *path, struct roi_names *out, struct err *e)
{
    size_t n;
    char *bytes = file_read(path, YAML_MAX_BYTES, &n, e);
    *out = (struct roi_names){0};
    bool ok = bytes && roi_names_parse(bytes, n, path, out, e);
    free(bytes);
    return ok;
}

void roi_names_free(struct roi_names *names)
{
    for (size_t i = 0; i < names->n; i++) {
        free(names->item[i].name);
        str_list_free(&names->item[i].patterns);
    }
    free(names->item);
    *names = (struct roi_names){0};
}

/* 2: the name is spelled out, 1: a pattern matches, 0: no match. */
static int how_well(const struct roi_name *n, const char *original)
{
    int best = 0;
    for (size_t i = 0; i < n->patterns.n; i++) {
        const char *pattern = n->patterns.item[i];
        if (best < 2 && pattern_takes(pattern, original))
            best = pattern_is_plain(pattern) ? 2 : 1;
    }
    return best;
}

const char *roi_names_find(const struct roi_names *names, const char *original, const char **other)
{
    const char *found = NULL;
    int best = 0;
    *other = NULL;
    for (size_t i = 0; i < names->n; i++) {
        int q = how_well(&names->item[i], original);
        if (q > best) {
            best = q;
            found = names->item[i].name;
            *other = NULL;
        } else if (q && q == best) {
            *other = names->item[i].name;
        }
    }
    return *other ? NULL : found;
}
