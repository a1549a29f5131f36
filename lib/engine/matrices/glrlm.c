#include "engine/matrices/glrlm.h"

#include "base/mem.h"

#include <string.h>

/* Beyond this many cells for all directions runs are followed one by one and sorted: rare levels
 * make short runs, and memory goes by voxels. */
enum { MOST_CELLS = 1 << 24, KEY_SHIFT = 32 };

/* With fewer voxels (a kernel of voxel mode) runs are followed one by one into a table that is no
 * larger than the matrix: histograms of positions cost more to clear and to add up. */
enum { LEAST_FOR_POSITIONS = 512, MOST_SMALL_CELLS = 1 << 14 };

static bool open_keys(struct glrlm *g, struct err *e)
{
    g->key = mem_big((size_t)g->codes->n_voxels, sizeof *g->key, e);
    g->spare = mem_big((size_t)g->codes->n_voxels, sizeof *g->spare, e);
    return g->key && g->spare;
}

bool glrlm_open(struct glrlm *g, const struct codes *codes, const struct directions *directions,
                bool keeps_lone, struct err *e)
{
    *g = (struct glrlm){.codes = codes, .directions = directions, .keeps_lone = keeps_lone};
    for (int a = 0; a < 3; a++)
        g->longest = codes->size[a] > g->longest ? codes->size[a] : g->longest;
    int64_t cells = ((int64_t)codes->n + 1) * (g->longest + 2) * directions->n;
    int64_t small = ((int64_t)codes->n + 1) * (g->longest + 1);
    if (codes->n_voxels < LEAST_FOR_POSITIONS && small <= MOST_SMALL_CELLS) {
        g->table = mem_big((size_t)small, sizeof *g->table, e);
        return g->table != NULL;
    }
    bool ok = true;
    if (cells <= MOST_CELLS && g->longest < UINT16_MAX && codes->width < 4)
        ok = glrlm_positions_count(&g->positions, codes, directions, e);
    if (ok && !g->positions.complete) {
        glrlm_positions_close(&g->positions);
        ok = open_keys(g, e);
    }
    if (!ok)
        glrlm_close(g);
    return ok;
}

void glrlm_close(struct glrlm *g)
{
    glrlm_positions_close(&g->positions);
    mem_big_free(g->table);
    mem_big_free(g->key);
    mem_big_free(g->spare);
    *g = (struct glrlm){0};
}

/* Do two ROI voxels touch along the step? True at the first pair in all but scattered ROIs. */
static bool any_adjacent(const struct codes *c, int64_t step)
{
    for (int64_t r = 0; r < c->n_runs; r++)
        for (int64_t i = c->run[r].start; i < c->run[r].start + c->run[r].n; i++)
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
        for (int64_t i = c->run[r].start; i < c->run[r].start + c->run[r].n; i++) {
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

static bool counted_runs(const struct glrlm *g, struct cells *out, struct err *e)
{
    return cells_from_table(g->table, g->codes->n, g->longest, g->longest + 1, out, e);
}

static void count_run(struct glrlm *g, uint64_t code, uint64_t length, int64_t *n)
{
    if (g->table)
        g->table[(int64_t)code * (g->longest + 1) + (int64_t)length]++;
    else
        g->key[(*n)++] = code << KEY_SHIFT | length;
}

/* Runs by their first voxels. */
static bool follow(struct glrlm *g, int64_t step, struct cells *out, struct err *e)
{
    if (g->table)
        memset(g->table, 0, (size_t)((g->codes->n + 1) * (g->longest + 1)) * sizeof *g->table);
    const struct codes *c = g->codes;
    int64_t n = 0;
    for (int64_t r = 0; r < c->n_runs; r++)
        for (int64_t k = c->run[r].start; k < c->run[r].start + c->run[r].n; k++) {
            int32_t code = codes_at(c, k);
            if (codes_at(c, k - step) == code)
                continue;
            uint64_t length = 1;
            while (codes_at(c, k + (int64_t)length * step) == code)
                length++;
            count_run(g, (uint64_t)code, length, &n);
        }
    return g->table ? counted_runs(g, out, e)
                    : cells_from_keys(g->key, g->spare, n, KEY_SHIFT, out, e);
}

/* Runs of length l = voxels at position l that have none at l + 1 behind them. */
static bool from_positions(const struct glrlm_positions *p, int i, struct cells *out, struct err *e)
{
    for (int64_t row = 1; row <= p->codes->n; row++) {
        const uint32_t *count = p->count + (i * ((int64_t)p->codes->n + 1) + row) * p->stride;
        for (int64_t l = 1; l < p->stride && count[l]; l++) {
            uint32_t runs = count[l] - (l + 1 < p->stride ? count[l + 1] : 0);
            if (runs == 0)
                continue;
            if (!cells_reserve(out, out->n + 1, e))
                return false;
            out->cell[out->n++] = (struct cell){(uint32_t)row, (uint32_t)l, runs};
        }
    }
    return true;
}

bool glrlm_matrix(struct glrlm *g, int i, struct cells *out, struct err *e)
{
    const int32_t *d = g->directions->offset[i].d;
    out->n = 0;
    if (!g->keeps_lone && !any_aligned(g->codes, d))
        return true;
    return g->positions.count ? from_positions(&g->positions, i, out, e)
                              : follow(g, codes_step(g->codes, d), out, e);
}
