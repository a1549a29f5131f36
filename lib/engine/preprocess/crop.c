#include "engine/preprocess/crop.h"

#include <string.h>

static struct box padded(const struct label_mask *m, int64_t pad)
{
    struct box b;
    for (int d = 0; d < 3; d++) {
        int64_t last = m->grid.size[d] - 1, hi = m->box.lo[d] + m->box.size[d] - 1;
        b.lo[d] = m->box.lo[d] > pad ? m->box.lo[d] - pad : 0;
        hi = last - hi > pad ? hi + pad : last;
        b.size[d] = hi - b.lo[d] + 1;
    }
    return b;
}

static void copy_box(const struct volume *from, const struct box *b, void *out)
{
    size_t size = pixel_size(from->type), row = (size_t)b->size[0] * size;
    const int64_t *n = from->grid.size;
    char *to = out;
    for (int64_t k = 0; k < b->size[2]; k++)
        for (int64_t j = 0; j < b->size[1]; j++, to += row) {
            int64_t at = ((b->lo[2] + k) * n[1] + b->lo[1] + j) * n[0] + b->lo[0];
            memcpy(to, (const char *)from->data + (size_t)at * size, row);
        }
}

bool crop_case(struct rcase *c, int64_t pad_distance, struct err *e)
{
    struct box b = padded(&c->mask, pad_distance);
    struct grid image_grid = grid_crop(&c->image.grid, &b);
    struct volume image;
    if (!volume_alloc(&image, &image_grid, c->image.type, e))
        return false;
    copy_box(&c->image, &b, image.data);
    rcase_set_image(c, &image);
    c->mask.grid = grid_crop(&c->mask.grid, &b);
    for (int d = 0; d < 3; d++)
        c->mask.box.lo[d] -= b.lo[d];
    return true;
}
