#include "engine/voxel/voxel_kernel.h"

#include "base/mem.h"
#include "vol/runs.h"

#include <stdlib.h>
#include <string.h>

static bool place_levels(struct kernel *k, struct err *e)
{
    int64_t n = box_voxels(&k->whole->box);
    k->whole_level = mem_big((size_t)n, sizeof *k->whole_level, e);
    struct run run;
    for (int64_t at = 0, from = 0; k->whole_level && runs_next(k->whole->mask, n, at, &run);
         at = run.start + run.n, from += run.n)
        for (int64_t i = 0; i < run.n; i++)
            k->whole_level[run.start + i] = levels_at(k->levels, from + i);
    return k->whole_level != NULL;
}

/* Room for one kernel's voxels. */
static bool open_part(struct kernel *k, struct err *e)
{
    size_t voxels = 1;
    for (int a = 0; a < 3; a++) {
        int64_t side = 2 * k->radius[a] + 1, size = k->whole->box.size[a];
        voxels *= (size_t)(side < size ? side : size);
    }
    if (!(k->value = mem_array(voxels, sizeof *k->value, e)) ||
        !(k->level = mem_array(voxels, sizeof *k->level, e)) ||
        !(k->mask = mem_array(voxels, sizeof *k->mask, e)) ||
        !(k->count = mem_array((size_t)k->levels->n_levels + 1, sizeof *k->count, e))) {
        kernel_close(k);
        return false;
    }
    return true;
}

bool kernel_open(struct kernel *k, const struct response *whole, const struct levels *levels,
                 const int64_t radius[3], struct err *e)
{
    *k = (struct kernel){.whole = whole, .levels = levels};
    for (int a = 0; a < 3; a++) {
        int64_t most = whole->box.size[a] - 1; /* a longer radius meets no further voxel */
        k->radius[a] = radius[a] < most ? radius[a] : most;
    }
    return place_levels(k, e) && open_part(k, e);
}

bool kernel_open_beside(struct kernel *k, const struct kernel *of, struct err *e)
{
    *k = (struct kernel){.whole = of->whole,
                         .levels = of->levels,
                         .radius = {of->radius[0], of->radius[1], of->radius[2]},
                         .whole_level = of->whole_level,
                         .beside = true};
    return open_part(k, e);
}

void kernel_close(struct kernel *k)
{
    if (!k->beside)
        mem_big_free(k->whole_level);
    free(k->value);
    free(k->level);
    free(k->mask);
    free(k->count);
    *k = (struct kernel){0};
}

static struct box cut_box(const struct kernel *k, const int64_t at[3])
{
    struct box b;
    for (int a = 0; a < 3; a++) {
        int64_t end = at[a] + k->radius[a] + 1, size = k->whole->box.size[a];
        b.lo[a] = at[a] > k->radius[a] ? at[a] - k->radius[a] : 0;
        b.size[a] = (end < size ? end : size) - b.lo[a];
    }
    return b;
}

static void copy_voxels(struct kernel *k, const struct box *b)
{
    const int64_t *n = k->whole->box.size;
    int64_t to = 0, in = 0;
    k->part.n_present = 0;
    memset(k->count, 0, ((size_t)k->levels->n_levels + 1) * sizeof *k->count);
    for (int64_t z = 0; z < b->size[2]; z++)
        for (int64_t y = 0; y < b->size[1]; y++) {
            int64_t from = ((b->lo[2] + z) * n[1] + b->lo[1] + y) * n[0] + b->lo[0];
            for (int64_t x = 0; x < b->size[0]; x++, from++, to++) {
                k->mask[to] = k->whole->mask[from];
                if (!k->mask[to])
                    continue;
                k->value[in] = k->whole->value[from];
                k->level[in] = k->whole_level[from];
                k->part.n_present += k->count[k->level[in++]]++ == 0;
            }
        }
    k->part.n_voxels = in;
}

void kernel_move(struct kernel *k, const int64_t at[3])
{
    struct box b = cut_box(k, at);
    k->part = *k->levels;
    k->response = *k->whole;
    copy_voxels(k, &b);
    memcpy(k->part.size, b.size, sizeof b.size);
    k->part.level = NULL;
    k->part.wide = k->level;
    k->part.mask = k->mask;
    k->part.count = k->count;
    for (int a = 0; a < 3; a++)
        b.lo[a] += k->whole->box.lo[a];
    k->response.box = b;
    memcpy(k->response.grid.size, b.size, sizeof b.size);
    k->response.value = NULL;
    k->response.sample = k->value;
    k->response.mask = k->mask;
    k->response.n_voxels = k->part.n_voxels;
}
