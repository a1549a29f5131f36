#include "engine/load/rcase.h"

void rcase_free(struct rcase *c)
{
    volume_free(&c->image);
    label_mask_free(&c->mask);
    label_mask_free(&c->morphology);
}
