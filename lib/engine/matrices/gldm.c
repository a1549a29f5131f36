#include "engine/matrices/gldm.h"

#include "base/mem.h"

#include <stdlib.h>

enum { MOST_CELLS = 1 << 24, KEY_SHIFT = 32 };

static int64_t dependence(const struct codes *c, int64_t i, const int64_t *step, int n,
                          int64_t alpha)
{
    int64_t mine = codes_at(c, i), d = 1;
    for (int k = 0; k < n; k++) {
        int64_t other = codes_at(c, i + step[k]);
        d += other != 0 && llabs(other - mine) <= alpha;
    }
    return d;
}

static bool count(const struct codes *c, const int64_t *step, int n_steps, int64_t alpha,
                  struct cells *out, struct err *e)
{
    int64_t stride = (int64_t)n_steps + 2, cells = (c->n + 1) * stride, n = 0;
    bool sorted = cells > MOST_CELLS;
    uint32_t *table = sorted ? NULL : mem_big((size_t)cells, sizeof *table, e);
    uint64_t *key = sorted ? mem_big((size_t)c->n_voxels, sizeof *key, e) : NULL;
    uint64_t *spare = sorted ? mem_big((size_t)c->n_voxels, sizeof *spare, e) : NULL;
    bool ok = sorted ? key && spare : table != NULL;
    for (int64_t r = 0; ok && r < c->n_runs; r++)
        for (int64_t i = c->run[r].start; i < c->run[r].start + c->run[r].length; i++) {
            int64_t d = dependence(c, i, step, n_steps, alpha), code = codes_at(c, i);
            if (sorted)
                key[n++] = (uint64_t)code << KEY_SHIFT | (uint64_t)d;
            else
                table[code * stride + d]++;
        }
    if (ok)
        ok = sorted ? cells_from_keys(key, spare, n, KEY_SHIFT, out, e)
                    : cells_from_table(table, c->n, stride - 1, stride, out, e);
    mem_big_free(table);
    mem_big_free(key);
    mem_big_free(spare);
    return ok;
}

bool gldm_count(const struct codes *c, const struct directions *both, int64_t alpha,
                struct cells *out, struct err *e)
{
    int64_t *step = mem_array((size_t)both->n, sizeof *step, e);
    if (!step)
        return false;
    for (int k = 0; k < both->n; k++)
        step[k] = codes_step(c, both->offset[k].d);
    bool ok = count(c, step, both->n, alpha, out, e);
    free(step);
    return ok;
}
