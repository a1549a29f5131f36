#include "engine/params/effective.h"

#include "base/mem.h"
#include "engine/params/pytext.h"

#include <stdlib.h>

/* NULL without memory. */
static char **slot(struct effective *f, const struct key *key, struct err *e)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->item[i].key == key)
            return &f->item[i].text;
    void *more = mem_resize(f->item, f->n + 1, sizeof *f->item, e);
    if (!more)
        return NULL;
    f->item = more;
    f->item[f->n].key = key;
    f->item[f->n].text = NULL;
    return &f->item[f->n++].text;
}

bool effective_set(struct effective *f, const struct key *key, const struct yaml_node *value,
                   struct err *e)
{
    struct str text = STR_MAY_FAIL;
    pytext_node(&text, value);
    char **to = str_ok(&text, e) ? slot(f, key, e) : NULL;
    char *taken = str_take(&text);
    if (!to || !taken) {
        free(taken);
        return to && err_set(e, ERR_FAILED, "out of memory: a setting");
    }
    free(*to);
    *to = taken;
    return true;
}

static const char *text_of(const struct effective *f, const struct key *key)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->item[i].key == key && f->item[i].text)
            return f->item[i].text;
    return key->fallback;
}

static void effective_add(struct str *out, const char *name, const char *text)
{
    str_addf(out, "%s'%s': %s", out->len > 1 ? ", " : "", name, text);
}

/* The key of a place among those that are always shown; NULL behind the last. */
static const struct key *shown(const struct profile *p, int place)
{
    for (const struct key *k = p->keys; k->name; k++)
        if (k->shown == place)
            return k;
    return NULL;
}

void effective_print(const struct effective *f, const struct profile *p, bool voxel,
                     struct str *out)
{
    str_add_char(out, '{');
    const struct key *k = shown(p, 1);
    for (int place = 1; k; k = shown(p, ++place))
        effective_add(out, k->name, text_of(f, k));
    for (size_t i = 0; i < f->n; i++)
        if (f->item[i].text && f->item[i].key->shown == 0)
            effective_add(out, f->item[i].key->name, f->item[i].text);
    if (voxel)
        effective_add(out, "voxelBased", "True");
    str_add_char(out, '}');
}

void effective_free(struct effective *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->item[i].text);
    free(f->item);
    *f = (struct effective){0};
}
