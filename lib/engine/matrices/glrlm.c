#include "engine/matrices/glrlm.h"

#include "base/mem.h"

#include <string.h>

enum { MOST_CELLS = 1 << 22, KEY_SHIFT = 32 };

bool glrlm_open(struct glrlm *g, const struct codes *codes, const struct directions *directions,
                struct err *e)
{
    *g = (struct glrlm){.codes = codes, .directions = directions};
    for (int a = 0; a < 3; a++)
        g->longest = codes->size[a] > g->longest ? codes->size[a] : g->longest;
    int64_t cells = ((int64_t)codes->n + 1) * (g->longest + 1);
    if (cells <= MOST_CELLS) {
        g->table = mem_big((size_t)cells, sizeof *g->table, NULL);
    } else {
        g->key = mem_big((size_t)codes->n_voxels, sizeof *g->key, NULL);
        g->spare = mem_big((size_t)codes->n_voxels, sizeof *g->spare, NULL);
    }
    if (g->table || (g->key && g->spare))
        return true;
    glrlm_close(g);
    return err_set(e, ERR_REFUSED, "no memory for a run length matrix of %d grey levels",
                   (int)codes->n);
}

void glrlm_close(struct glrlm *g)
{
    mem_big_free(g->table);
    mem_big_free(g->key);
    mem_big_free(g->spare);
    *g = (struct glrlm){0};
}

/* Do two ROI voxels touch along the step? True at the first pair in all but scattered ROIs. */
static bool any_adjacent(const struct codes *c, int64_t step)
{
    for (int64_t r = 0; r < c->n_runs; r++)
        for (int64_t i = c->run[r].start; i < c->run[r].start + c->run[r].length; i++)
            if (codes_at(c, i + step))
                return true;
    return false;
}

/* Does any line along d hold two ROI voxels? Walks on from every ROI voxel to the end of the box.
 */
static bool any_aligned(const struct codes *c, const int32_t d[3])
{
    int64_t step = codes_step(c, d);
    if (any_adjacent(c, step))
        return true;
    for (int64_t r = 0; r < c->n_runs; r++)
        for (int64_t i = c->run[r].start; i < c->run[r].start + c->run[r].length; i++) {
            int64_t rest = i - c->first, p[3];
            p[2] = rest / c->stride[2];
            p[1] = rest % c->stride[2] / c->stride[1];
            p[0] = rest % c->stride[1];
            for (int64_t k = 1;; k++) {
                bool inside = true;
                for (int a = 0; a < 3; a++)
                    inside = inside && p[a] + k * d[a] >= 0 && p[a] + k * d[a] < c->size[a];
                if (!inside)
                    break;
                if (codes_at(c, i + k * step))
                    return true;
            }
        }
    return false;
}

bool glrlm_matrix(struct glrlm *g, int i, struct cells *out, struct err *e)
{
    const struct codes *c = g->codes;
    out->n = 0;
    if (!any_aligned(c, g->directions->offset[i].d))
        return true;
    int64_t step = codes_step(c, g->directions->offset[i].d), n = 0, stride = g->longest + 1;
    if (g->table)
        memset(g->table, 0, (size_t)((c->n + 1) * stride) * sizeof *g->table);
    for (int64_t r = 0; r < c->n_runs; r++)
        for (int64_t k = c->run[r].start; k < c->run[r].start + c->run[r].length; k++) {
            int32_t code = codes_at(c, k);
            if (codes_at(c, k - step) == code)
                continue; /* not where a run begins */
            int64_t length = 1;
            while (codes_at(c, k + length * step) == code)
                length++;
            if (g->table)
                g->table[code * stride + length]++;
            else
                g->key[n++] = (uint64_t)code << KEY_SHIFT | (uint64_t)length;
        }
    return g->table ? cells_from_table(g->table, c->n, g->longest, stride, out, e)
                    : cells_from_keys(g->key, g->spare, n, KEY_SHIFT, out, e);
}
