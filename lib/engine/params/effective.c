#include "engine/params/effective.h"

#include "base/mem.h"
#include "engine/params/pytext.h"

#include <stdlib.h>

static char **slot(struct effective *f, const struct key *key)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->item[i].key == key)
            return &f->item[i].text;
    f->item = mem_grow(f->item, f->n + 1, sizeof *f->item);
    f->item[f->n].key = key;
    f->item[f->n].text = NULL;
    return &f->item[f->n++].text;
}

void effective_set(struct effective *f, const struct key *key, const struct yaml_node *value)
{
    struct str text = {0};
    pytext_node(&text, value);
    char **to = slot(f, key);
    free(*to);
    *to = str_take(&text);
}

static const char *text_of(const struct effective *f, const struct key *key)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->item[i].key == key)
            return f->item[i].text;
    return key->fallback;
}

static void add(struct str *out, const char *name, const char *text)
{
    str_addf(out, "%s'%s': %s", out->len > 1 ? ", " : "", name, text);
}

void effective_print(const struct effective *f, bool voxel, struct str *out)
{
    str_add_char(out, '{');
    for (const struct key *k = keys; k->name; k++)
        if (k->in_diagnostics)
            add(out, k->name, text_of(f, k));
    for (size_t i = 0; i < f->n; i++)
        if (!f->item[i].key->in_diagnostics)
            add(out, f->item[i].key->name, f->item[i].text);
    if (voxel)
        add(out, "voxelBased", "True");
    str_add_char(out, '}');
}

void effective_free(struct effective *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->item[i].text);
    free(f->item);
    *f = (struct effective){0};
}
