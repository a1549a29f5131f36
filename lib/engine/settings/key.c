#include "engine/settings/key.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

const struct key *key_find(const struct key *table, const char *name, bool voxel)
{
    for (const struct key *k = table; k->name; k++)
        if (k->voxel == voxel && strcmp(k->name, name) == 0)
            return k;
    return NULL;
}

bool key_used_always(const struct settings *s, bool voxel_mode)
{
    (void)s, (void)voxel_mode;
    return true;
}

bool key_used_never(const struct settings *s, bool voxel_mode)
{
    (void)s, (void)voxel_mode;
    return false;
}

bool owner_take(struct owner *o, void *block, struct err *e)
{
    void **more = block ? realloc(o->block, (o->n + 1) * sizeof *more) : NULL;
    if (!more) {
        free(block);
        return err_set(e, ERR_FAILED, "out of memory: a list of the parameters");
    }
    o->block = more;
    o->block[o->n++] = block;
    return true;
}

void owner_free(struct owner *o)
{
    for (size_t i = 0; i < o->n; i++)
        free(o->block[i]);
    free(o->block);
    *o = (struct owner){0};
}
