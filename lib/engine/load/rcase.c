#include "engine/load/rcase.h"

#include "base/mem.h"

#include <string.h>

void rcase_free(struct rcase *c)
{
    if (c->facts)
        facts_task_end(c->facts, NULL, NULL);
    c->facts = NULL;
    volume_free(&c->image);
    label_mask_free(&c->mask);
    label_mask_free(&c->morphology);
    mem_big_trim();
}

void rcase_set_image(struct rcase *c, struct volume *image)
{
    if (c->facts)
        facts_task_release(c->facts, &c->image);
    else
        volume_free(&c->image);
    c->image = *image;
    *image = (struct volume){0};
}

bool rcase_take_whole(struct rcase *c, struct err *e)
{
    const struct grid *g = &c->image.grid;
    int64_t n = grid_voxels(g);
    if (c->image.channels != 1)
        return err_set(e, ERR_REFUSED, "the image has %d components a voxel, not one",
                       c->image.channels);
    c->mask = (struct label_mask){.grid = *g, .n_voxels = n};
    memcpy(c->mask.box.size, g->size, sizeof g->size);
    c->mask.in = mem_big((size_t)n, 1, e);
    if (c->mask.in)
        memset(c->mask.in, 1, (size_t)n);
    return c->mask.in != NULL;
}
