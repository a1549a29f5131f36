#include "engine/responses/source.h"

#include <string.h>

struct border source_border(const struct source *s)
{
    struct border b = {.rule = s->rule};
    memcpy(b.size, s->image->grid.size, sizeof b.size);
    return b;
}

bool source_read(const struct source *s, const struct box *box, struct patch *out, struct err *e)
{
    if (!patch_alloc_unset(out, box, e))
        return false;
    volume_read_box(s->image, box, out->value);
    return true;
}

struct box source_whole(const struct source *s)
{
    struct box whole = {.lo = {0, 0, 0}};
    memcpy(whole.size, s->image->grid.size, sizeof whole.size);
    return whole;
}
