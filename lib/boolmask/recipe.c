#include "boolmask/recipe.h"

#include "base/mem.h"
#include "cli/opt.h"
#include "shim/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_scalar(const struct yaml_node *v)
{
    return v->kind != YAML_LIST && v->kind != YAML_MAP && v->kind != YAML_NULL;
}

static bool is_number(const struct yaml_node *v)
{
    return v->kind == YAML_INT || v->kind == YAML_REAL;
}

/* Every key of the map is one of `known` (NULL-terminated). */
static bool check_keys(const struct yaml_doc *doc, const struct yaml_node *map,
                       const char *const *known, struct err *e)
{
    for (size_t i = 0; i < map->n; i++) {
        const struct yaml_node *v = map->child[i];
        const char *const *k = known;
        while (*k && strcmp(*k, v->key) != 0)
            k++;
        if (*k)
            continue;
        const char *near = opt_nearest(v->key, known);
        return yaml_error(e, doc, v->key_line, "unknown key \"%s\"%s%s%s", v->key,
                          near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
    return true;
}

/* --- margin --- */

/* The value of a key; NULL where it is absent or null. */
static const struct yaml_node *value_of(const struct yaml_node *map, const char *key)
{
    const struct yaml_node *v = yaml_get(map, key);
    return v && v->kind != YAML_NULL ? v : NULL;
}

static bool read_sides(const struct yaml_doc *doc, const struct yaml_node *map, struct margin *m,
                       struct err *e)
{
    static const char *const known[] = {"anterior_mm", "posterior_mm", "left_mm",    "right_mm",
                                        "superior_mm", "inferior_mm",  "uniform_mm", NULL};
    if (!check_keys(doc, map, known, e))
        return false;
    const struct yaml_node *uniform = value_of(map, "uniform_mm");
    for (int s = 0; s < MARGIN_SIDES; s++) {
        const struct yaml_node *side = value_of(map, known[s]), *v = side ? side : uniform;
        if (side && uniform)
            return yaml_error(e, doc, side->line,
                              "%s beside uniform_mm: it is the one or the other", side->key);
        if (!v)
            continue;
        if (!is_number(v))
            return yaml_error(e, doc, v->line, "%s is a number of millimetres, not %s", v->key,
                              yaml_kind_name(v->kind));
        m->mm[s] = v->real;
    }
    return true;
}

static bool read_margin(const struct yaml_doc *doc, const struct yaml_node *v, struct margin *m,
                        struct err *e)
{
    *m = (struct margin){0};
    if (!v || v->kind == YAML_NULL)
        return true;
    struct err why;
    if (is_number(v)) {
        for (int s = 0; s < MARGIN_SIDES; s++)
            m->mm[s] = v->real;
    } else if (v->kind != YAML_MAP) {
        return yaml_error(e, doc, v->line, "margin is a number of millimetres or a mapping, not %s",
                          yaml_kind_name(v->kind));
    } else if (!read_sides(doc, v, m, e)) {
        return false;
    }
    return margin_check(m, &why) || yaml_error(e, doc, v->line, "%s", why.text);
}

/* --- operation --- */

static bool read_operation(const struct yaml_doc *doc, const struct yaml_node *item,
                           const struct yaml_node *sources, enum region_op *op, struct err *e)
{
    const struct yaml_node *v = yaml_get(item, "operation");
    if (!v || v->kind == YAML_NULL) {
        *op = REGION_UNION;
        return (sources->kind != YAML_LIST || sources->n == 1) ||
               yaml_error(e, doc, item->line, "several sources need an operation");
    }
    for (int i = 0; i < 4; i++)
        if (is_scalar(v) && strcasecmp(v->text, region_op_names[i]) == 0) {
            *op = (enum region_op)i;
            return true;
        }
    return yaml_error(e, doc, v->line,
                      "operation is union, intersection, subtract or xor, not \"%s\"",
                      is_scalar(v) ? v->text : yaml_kind_name(v->kind));
}

static bool add_source(const struct yaml_doc *doc, const struct yaml_node *v, struct node *to,
                       struct err *e)
{
    if (!is_scalar(v) || !v->text[0])
        return yaml_error(e, doc, v->line, "a source structure is a name, not %s",
                          is_scalar(v) ? "empty" : yaml_kind_name(v->kind));
    node_add(to, node_name(v->text));
    return true;
}

static bool read_tree(const struct yaml_doc *doc, const struct yaml_node *item, struct node **out,
                      struct err *e)
{
    const struct yaml_node *sources = yaml_get(item, "source_structures");
    enum region_op op = REGION_UNION;
    struct margin margin;
    if (!sources || sources->kind == YAML_NULL || (sources->kind == YAML_LIST && sources->n == 0))
        return yaml_error(e, doc, item->line, "source_structures is missing");
    if (sources->kind == YAML_MAP)
        return yaml_error(e, doc, sources->line, "source_structures is a list of names");
    if (!read_operation(doc, item, sources, &op, e) ||
        !read_margin(doc, yaml_get(item, "margin"), &margin, e))
        return false;
    struct node *tree = node_operation(op);
    bool ok = true;
    if (sources->kind != YAML_LIST)
        ok = add_source(doc, sources, tree, e);
    for (size_t i = 0; ok && i < sources->n; i++)
        ok = add_source(doc, sources->child[i], tree, e);
    if (!ok) {
        node_free(tree);
        return false;
    }
    *out = margin_is_zero(&margin) ? tree : node_margin(tree, &margin);
    return true;
}

/* --- structures --- */

static bool check_new_name(const struct yaml_doc *doc, const struct recipe *r,
                           const struct yaml_node *name, struct err *e)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->structure[i].name, name->text) == 0)
            return yaml_error(e, doc, name->line, "\"%s\" is defined already, in line %d",
                              name->text, r->structure[i].line);
    return true;
}

static bool read_structure(const struct yaml_doc *doc, const struct yaml_node *item,
                           struct recipe *r, struct err *e)
{
    static const char *const known[] = {"name",   "operation",   "source_structures",
                                        "margin", "description", NULL};
    if (item->kind != YAML_MAP)
        return yaml_error(e, doc, item->line, "a structure is a mapping, not %s",
                          yaml_kind_name(item->kind));
    if (!check_keys(doc, item, known, e))
        return false;
    const struct yaml_node *name = yaml_get(item, "name");
    const struct yaml_node *description = yaml_get(item, "description");
    if (!name || !is_scalar(name) || !name->text[0])
        return yaml_error(e, doc, item->line, "a structure without a name");
    struct node *tree = NULL;
    if (!check_new_name(doc, r, name, e) || !read_tree(doc, item, &tree, e))
        return false;
    r->structure = mem_grow(r->structure, r->n + 1, sizeof *r->structure);
    r->structure[r->n++] = (struct recipe_structure){
        .name = mem_strdup(name->text),
        .description = mem_strdup(description && is_scalar(description) ? description->text : ""),
        .tree = tree,
        .line = item->line};
    return true;
}

static void mint(struct recipe *r)
{
    struct mint_name *name = mem_must(calloc(r->n + 1, sizeof *name));
    for (size_t i = 0; i < r->n; i++)
        name[i].original = r->structure[i].name;
    mint_siblings(name, r->n);
    for (size_t i = 0; i < r->n; i++)
        snprintf(r->structure[i].roi_id, MINT_SIZE, "%s", name[i].minted);
    free(name);
}

static bool read_document(const struct yaml_doc *doc, struct recipe *r, struct err *e)
{
    static const char *const known[] = {"custom_structures", NULL};
    const struct yaml_node *root = yaml_root(doc);
    if (root->kind != YAML_MAP)
        return yaml_error(e, doc, root->line, "expected custom_structures: and a list, found %s",
                          yaml_kind_name(root->kind));
    if (!check_keys(doc, root, known, e))
        return false;
    const struct yaml_node *list = yaml_get(root, "custom_structures");
    if (!list || list->kind == YAML_NULL)
        return true;
    if (list->kind != YAML_LIST)
        return yaml_error(e, doc, list->line, "custom_structures is a list, not %s",
                          yaml_kind_name(list->kind));
    for (size_t i = 0; i < list->n; i++)
        if (!read_structure(doc, list->child[i], r, e))
            return false;
    mint(r);
    return true;
}

static bool from_document(struct yaml_doc *doc, struct recipe *out, struct err *e)
{
    *out = (struct recipe){0};
    bool ok = doc && read_document(doc, out, e);
    if (doc)
        yaml_destroy(doc);
    return ok;
}

bool recipe_read(const char *path, struct recipe *out, struct err *e)
{
    return from_document(yaml_load(path, e), out, e);
}

bool recipe_parse(const char *bytes, size_t n, const char *name, struct recipe *out, struct err *e)
{
    return from_document(yaml_parse(bytes, n, name, YAML_1_2, e), out, e);
}

void recipe_free(struct recipe *r)
{
    for (size_t i = 0; i < r->n; i++) {
        free(r->structure[i].name);
        free(r->structure[i].description);
        node_free(r->structure[i].tree);
    }
    free(r->structure);
    *r = (struct recipe){0};
}
