#include "engine/matrices/glcm_small.h"

#include "base/mem.h"

enum { MOST_CODES = 63, MOST_VOXELS = 511, MOST_DIRECTIONS = 64 };

bool glcm_small_fits(const struct codes *c, const struct directions *d)
{
    return c->width == 1 && c->n <= MOST_CODES && c->n_voxels <= MOST_VOXELS &&
           d->n <= MOST_DIRECTIONS;
}

static void count_direction(const struct glcm_small *g, const struct codes *c, int i, int64_t step)
{
    int64_t stride = g->n + 1;
    uint64_t *partners = g->partners + i * stride;
    uint16_t *count = g->count + i * stride * stride;
    for (int64_t r = 0; r < c->n_runs; r++)
        for (int64_t k = c->run[r].start; k < c->run[r].start + c->run[r].n; k++) {
            int64_t a = c->u8[k], b = c->u8[k + step];
            count[a * stride + b]++;
            partners[a] |= (uint64_t)1 << b;
            if (g->symmetric) {
                count[b * stride + a]++;
                partners[b] |= (uint64_t)1 << a;
            }
        }
}

bool glcm_small_open(struct glcm_small *g, const struct codes *c, const struct directions *d,
                     bool symmetric, struct err *e)
{
    *g = (struct glcm_small){.n = c->n, .directions = d->n, .symmetric = symmetric};
    size_t stride = (size_t)c->n + 1, n = (size_t)d->n;
    g->partners = mem_big(n * stride, sizeof *g->partners, e);
    g->count = mem_big(n * stride * stride, sizeof *g->count, e);
    if (!g->partners || !g->count) {
        glcm_small_close(g);
        return false;
    }
    for (int i = 0; i < d->n; i++)
        count_direction(g, c, i, codes_step(c, d->offset[i].d));
    return true;
}

void glcm_small_close(struct glcm_small *g)
{
    mem_big_free(g->partners);
    mem_big_free(g->count);
    *g = (struct glcm_small){0};
}

bool glcm_small_matrix(const struct glcm_small *g, int i, struct cells *out, struct err *e)
{
    const uint64_t *partners = glcm_small_partners(g, i);
    const uint16_t *count = glcm_small_count(g, i);
    int64_t n = 0;
    for (int32_t row = 1; row <= g->n; row++)
        n += __builtin_popcountll(partners[row] >> 1);
    out->n = 0;
    if (!cells_reserve(out, n, e))
        return false;
    for (int32_t row = 1; row <= g->n; row++)
        for (uint64_t set = partners[row] & ~(uint64_t)1; set; set &= set - 1) {
            int col = __builtin_ctzll(set);
            double value = count[row * (g->n + 1) + col];
            out->cell[out->n++] = (struct cell){(uint32_t)row, (uint32_t)col, value};
        }
    return true;
}
