#include "boolmask/region.h"

#include "base/mem.h"
#include "masks/measure.h"

#include <string.h>

struct box box_meet(const struct box *a, const struct box *b)
{
    struct box m;
    for (int c = 0; c < 3; c++) {
        int64_t end_a = a->lo[c] + a->size[c], end_b = b->lo[c] + b->size[c];
        m.lo[c] = a->lo[c] > b->lo[c] ? a->lo[c] : b->lo[c];
        m.size[c] = (end_a < end_b ? end_a : end_b) - m.lo[c];
    }
    if (m.size[0] <= 0 || m.size[1] <= 0 || m.size[2] <= 0)
        return (struct box){0};
    return m;
}

bool region_alloc(struct region *r, const struct box *box, struct err *e)
{
    *r = (struct region){.box = *box};
    int64_t n = box_voxels(box);
    if (n == 0)
        return true;
    r->voxel = mem_big((size_t)n, 1, e);
    return r->voxel != NULL;
}

void region_free(struct region *r)
{
    mem_big_free(r->voxel);
    *r = (struct region){0};
}

static uint8_t *row_of(const struct region *r, int64_t i, int64_t j, int64_t k)
{
    const struct box *b = &r->box;
    return r->voxel + ((k - b->lo[2]) * b->size[1] + (j - b->lo[1])) * b->size[0] + (i - b->lo[0]);
}

static void combine_row(uint8_t *a, enum region_op op, const uint8_t *b, int64_t n)
{
    switch (op) {
    case REGION_UNION:
        for (int64_t i = 0; i < n; i++)
            a[i] |= b[i];
        break;
    case REGION_INTERSECTION:
        for (int64_t i = 0; i < n; i++)
            a[i] &= b[i];
        break;
    case REGION_SUBTRACT:
        for (int64_t i = 0; i < n; i++)
            a[i] &= b[i] ^ 1;
        break;
    case REGION_XOR:
        for (int64_t i = 0; i < n; i++)
            a[i] ^= b[i];
        break;
    }
}

/* Applies op where both regions have voxels. */
static void combine_meeting(struct region *a, enum region_op op, const struct region *b)
{
    struct box m = box_meet(&a->box, &b->box);
    for (int64_t k = m.lo[2]; k < m.lo[2] + m.size[2]; k++)
        for (int64_t j = m.lo[1]; j < m.lo[1] + m.size[1]; j++)
            combine_row(row_of(a, m.lo[0], j, k), op, row_of(b, m.lo[0], j, k), m.size[0]);
}

bool region_cut(const struct region *r, const struct box *box, struct region *out, struct err *e)
{
    if (!region_alloc(out, box, e))
        return false;
    combine_meeting(out, REGION_UNION, r);
    return true;
}

bool region_combine(struct region *a, enum region_op op, const struct region *b, struct err *e)
{
    struct box box = a->box;
    if (op == REGION_INTERSECTION)
        box = box_meet(&a->box, &b->box);
    else if (op != REGION_SUBTRACT)
        box_join(&box, &b->box);
    if (memcmp(&box, &a->box, sizeof box) != 0) {
        struct region fitted;
        if (!region_cut(a, &box, &fitted, e))
            return false;
        region_free(a);
        *a = fitted;
    }
    combine_meeting(a, op, b);
    return true;
}

bool region_is_empty(const struct region *r)
{
    return !r->voxel || !memchr(r->voxel, 1, (size_t)box_voxels(&r->box));
}

void region_paste(const struct region *r, const struct grid *g, uint8_t *voxel)
{
    struct region whole = {.box = mask_everywhere(g), .voxel = voxel};
    if (r->voxel)
        combine_meeting(&whole, REGION_UNION, r);
}

/* Voxels of any type as 0 and 1. */
static bool binarise(const struct volume *v, struct volume *out, struct err *e)
{
    if (!volume_alloc(out, &v->grid, PIXEL_U8, e))
        return false;
    uint8_t *voxel = out->data;
    int64_t n = grid_voxels(&v->grid);
    if (v->type == PIXEL_U8 || v->type == PIXEL_I8) {
        const uint8_t *in = v->data;
        for (int64_t i = 0; i < n; i++)
            voxel[i] = in[i] != 0;
    } else {
        for (int64_t i = 0; i < n; i++)
            voxel[i] = volume_get(v, i) != 0;
    }
    return true;
}

bool region_from_volume(const struct volume *v, struct region *out, struct err *e)
{
    struct volume binary;
    *out = (struct region){0};
    if (v->channels != 1)
        return err_set(e, ERR_REFUSED, "a mask has one value per voxel, not %d", v->channels);
    if (!binarise(v, &binary, e))
        return false;
    struct box all = mask_everywhere(&v->grid);
    struct mask_measure m = mask_measure(&v->grid, binary.data, &all);
    struct region whole = {.box = all, .voxel = binary.data};
    bool ok = m.voxels == 0 || region_cut(&whole, &m.bounds, out, e);
    volume_free(&binary);
    return ok;
}
