#include "engine/signal/patch.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

bool patch_alloc(struct patch *p, const struct box *box, struct err *e)
{
    p->box = *box;
    p->value = mem_big((size_t)box_voxels(box), sizeof *p->value, e);
    return p->value != NULL;
}

bool patch_alloc_unset(struct patch *p, const struct box *box, struct err *e)
{
    p->box = *box;
    p->value = mem_big_unset((size_t)box_voxels(box), sizeof *p->value, e);
    return p->value != NULL;
}

void patch_free(struct patch *p)
{
    mem_big_free(p->value);
    *p = (struct patch){.value = NULL};
}

int64_t patch_stride(const struct patch *p, int axis)
{
    return axis == 0 ? 1 : axis == 1 ? p->box.size[0] : p->box.size[0] * p->box.size[1];
}

/* Offsets in `in` of the places that an axis of `box` reads, -1 for zeros. */
static void axis_offsets(const struct patch *in, const struct border *border, const struct box *box,
                         int axis, int64_t *offset)
{
    for (int64_t i = 0; i < box->size[axis]; i++) {
        int64_t at = border_index(border->rule, box->lo[axis] + i, border->size[axis]);
        offset[i] = at < 0 ? -1 : (at - in->box.lo[axis]) * patch_stride(in, axis);
    }
}

static void extend_line(const double *in, const int64_t *offset, int64_t n, double *out)
{
    for (int64_t x = 0; x < n; x++)
        out[x] = offset[x] < 0 ? 0.0 : in[offset[x]];
}

bool patch_extend(const struct patch *in, const struct border *border, const struct box *box,
                  struct patch *out, struct err *e)
{
    int64_t *offset[3] = {NULL, NULL, NULL};
    bool good = patch_alloc(out, box, e);
    for (int a = 0; good && a < 3; a++) {
        offset[a] = mem_array((size_t)box->size[a], sizeof *offset[a], e);
        good = offset[a] != NULL;
        if (good)
            axis_offsets(in, border, box, a, offset[a]);
    }
    for (int64_t z = 0; good && z < box->size[2]; z++)
        for (int64_t y = 0; y < box->size[1]; y++)
            if (offset[1][y] >= 0 && offset[2][z] >= 0)
                extend_line(in->value + offset[1][y] + offset[2][z], offset[0], box->size[0],
                            out->value + (z * box->size[1] + y) * box->size[0]);
    for (int a = 0; a < 3; a++)
        free(offset[a]);
    if (!good)
        patch_free(out);
    return good;
}

void patch_read(const struct patch *p, const struct box *box, double *out)
{
    const double *first = p->value;
    for (int a = 0; a < 3; a++)
        first += (box->lo[a] - p->box.lo[a]) * patch_stride(p, a);
    for (int64_t z = 0; z < box->size[2]; z++)
        for (int64_t y = 0; y < box->size[1]; y++, out += box->size[0])
            memcpy(out, first + z * patch_stride(p, 2) + y * patch_stride(p, 1),
                   (size_t)box->size[0] * sizeof *out);
}
