#include "engine/features/glcm_layout.h"

#include "base/mem.h"

#include <stdlib.h>

/* Is there a pair of ROI voxels that far apart? True at the first voxels of all but thin ROIs. */
static bool any_pair(const struct codes *c, const int32_t d[3])
{
    int64_t step = codes_step(c, d);
    for (int64_t r = 0; r < c->n_runs; r++)
        for (int64_t i = c->run[r].start; i < c->run[r].start + c->run[r].n; i++)
            if (codes_at(c, i + step))
                return true;
    return false;
}

static int count_empty(const struct codes *c, const struct directions *d)
{
    int n = 0;
    for (int i = 0; i < d->n; i++)
        n += !any_pair(c, d->offset[i].d);
    return n;
}

/* Rows of the codes. The levels of a kernel are some of those of its batch. */
static void place_rows(struct glcm_layout *l, const struct codes *codes, const struct levels *all)
{
    int32_t row = 0;
    for (int32_t k = 1, level = 1; k <= codes->n; k++) {
        if (!all)
            l->position[k] = k - 1;
        for (; all && level <= (int32_t)codes->level[k]; level++)
            if (all->count[level] > 0)
                l->position[k] = row++;
    }
}

bool glcm_layout_open(struct glcm_layout *l, const struct family_input *in,
                      const struct codes *codes, const struct directions *directions, bool merged,
                      struct err *e)
{
    *l = (struct glcm_layout){0};
    l->position = mem_array((size_t)codes->n + 1, sizeof *l->position, e);
    if (!l->position)
        return false;
    const struct kernel_batch *batch = in->batch;
    int left_out = 0, matrices = merged ? 1 : directions->n;
    if (matrices > 1)
        left_out = batch ? batch->directions_left_out : count_empty(codes, directions);
    l->n = batch ? batch->levels->n_present : codes->n;
    l->by_column = in->levels->n_levels - l->n != 1 && left_out != 1;
    l->single = matrices - left_out == 1;
    l->contiguous = (l->single || left_out > 1) && !(batch && batch->n_kernels > 1 && l->by_column);
    place_rows(l, codes, batch ? batch->levels : NULL);
    return true;
}

void glcm_layout_close(struct glcm_layout *l)
{
    free(l->position);
    *l = (struct glcm_layout){0};
}
