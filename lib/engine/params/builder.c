#include "engine/params/builder.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static int count_filters(const struct profile *p)
{
    int n = 0;
    while (p->filters[n])
        n++;
    return n;
}

/* --- scopes --- */

/* Copies of the filters' parameters, from `from` or from their defaults. */
static bool copy_own(const struct profile *p, void *const *from, void ***out, struct err *e)
{
    int n = count_filters(p);
    void **own = mem_array((size_t)n, sizeof *own, e);
    bool ok = own != NULL;
    for (int i = 0; ok && i < n; i++) {
        const struct filter *f = p->filters[i];
        own[i] = mem_array(1, f->settings_bytes + 1, e);
        ok = own[i] != NULL;
        if (ok && f->settings_bytes)
            memcpy(own[i], from ? from[i] : f->defaults, f->settings_bytes);
    }
    *out = own;
    return ok;
}

static bool copy_null(const struct null_keys *from, struct null_keys *out, struct err *e)
{
    out->n = from->n;
    out->item = mem_array(from->n + 1, sizeof *out->item, e);
    if (out->item && from->n)
        memcpy(out->item, from->item, from->n * sizeof *out->item);
    return out->item != NULL;
}

bool scope_copy(struct builder *b, struct scope *out)
{
    *out = (struct scope){.settings = b->scope.settings};
    return copy_own(b->p->profile, b->scope.own, &out->own, b->e) &&
           copy_null(&b->scope.null, &out->null, b->e);
}

void scope_close(struct builder *b, struct scope *s)
{
    for (int i = 0, n = count_filters(b->p->profile); s->own && i < n; i++)
        free(s->own[i]);
    free(s->own);
    free(s->null.item);
    *s = (struct scope){0};
}

bool builder_open(struct builder *b)
{
    b->scope.settings = settings_default();
    return copy_own(b->p->profile, NULL, &b->scope.own, b->e);
}

void builder_close(struct builder *b)
{
    scope_close(b, &b->scope);
    effective_free(&b->effective);
    free(b->seen);
}

/* --- keys --- */

const struct key *builder_find_key(const struct builder *b, const char *name, bool voxel,
                                   int *filter)
{
    const struct profile *p = b->p->profile;
    const struct key *k = key_find(p->keys, name, voxel);
    *filter = -1;
    for (int i = 0; !k && p->filters[i]; i++) {
        k = p->filters[i]->keys ? key_find(p->filters[i]->keys, name, voxel) : NULL;
        *filter = i;
    }
    return k;
}

struct seen_key *builder_seen(struct builder *b, const struct key *k)
{
    for (size_t i = 0; i < b->n_seen; i++)
        if (b->seen[i].key == k)
            return &b->seen[i];
    struct seen_key *more = mem_resize(b->seen, b->n_seen + 1, sizeof *more, b->e);
    if (!more)
        return NULL;
    b->seen = more;
    more[b->n_seen] = (struct seen_key){.key = k};
    return &more[b->n_seen++];
}

static bool mark_null(struct null_keys *null, const struct key *k, bool is_null, struct err *e)
{
    size_t i = 0;
    while (i < null->n && null->item[i] != k)
        i++;
    if (i < null->n && !is_null)
        null->item[i] = null->item[--null->n];
    if (i < null->n || !is_null)
        return true;
    const struct key **more = mem_resize(null->item, null->n + 1, sizeof *more, e);
    if (!more)
        return false;
    null->item = more;
    more[null->n++] = k;
    return true;
}

bool builder_store(struct builder *b, const struct key *k, int filter,
                   const struct yaml_node *value, const struct yaml_doc *doc, struct scope *s)
{
    void *place = filter < 0 ? (void *)&s->settings : s->own[filter];
    bool null;
    return key_store(k, value, doc, &b->p->owner, place, &null, b->e) &&
           mark_null(&s->null, k, null, b->e);
}

bool builder_read_settings(struct builder *b, const struct yaml_node *map, bool voxel,
                           struct scope *s, bool effective)
{
    if (!builder_want_map(b, map))
        return false;
    for (size_t i = 0; i < map->n; i++) {
        const struct yaml_node *value = map->child[i];
        int filter;
        const struct key *k = builder_find_key(b, value->key, voxel, &filter);
        if (!k)
            return builder_unknown_key(b, value->key_line, voxel ? "voxel setting" : "setting",
                                       value->key, value->key,
                                       builder_nearest_key(b, value->key, voxel));
        struct seen_key *seen = builder_seen(b, k);
        if (!seen || !builder_store(b, k, filter, value, b->doc, s))
            return false;
        if (value->kind == YAML_NULL)
            seen->null_line = value->line;
        seen->line = value->line;
        if (effective && !effective_set(&b->effective, k, value, b->e))
            return false;
    }
    return true;
}

/* --- layout --- */

bool builder_want_map(struct builder *b, const struct yaml_node *node)
{
    return node->kind == YAML_MAP ||
           yaml_error(b->e, b->doc, node->line, "%s must be a mapping, not a %s", node->key,
                      yaml_kind_name(node->kind));
}
