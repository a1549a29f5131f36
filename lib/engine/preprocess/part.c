#include "engine/preprocess/part.h"

void part_begin(struct preparation *p, const struct grid *whole, const struct box *b)
{
    p->is_part = true;
    p->whole = *whole;
    p->c->mask.grid = p->c->image.grid;
    for (int a = 0; a < 3; a++) {
        p->part_lo[a] = b->lo[a];
        p->c->mask.box.lo[a] -= b->lo[a];
    }
}

bool part_snapshot(struct preparation *p, enum stage stage, struct err *e)
{
    if (!snapshot_mask(p->log, stage, &p->c->mask, &p->c->image, "", e))
        return false;
    if (!p->log || !p->is_part)
        return true;
    struct mask_snapshot *s = &p->log->mask[stage];
    s->grid = p->whole;
    for (int a = 0; a < 3; a++) {
        s->box.lo[a] += p->part_lo[a];
        s->center_index[a] += (double)p->part_lo[a];
    }
    return true;
}
