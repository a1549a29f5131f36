#include "engine/matrices/gldm.h"

#include "base/mem.h"
#include "engine/matrices/lanes.h"

#include <stdlib.h>

#define CODE    uint8_t
#define LANES   lanes_u8
#define NAME(f) f##_u8
#include "engine/matrices/gldm_row.inc"

#define CODE    uint16_t
#define LANES   lanes_u16
#define NAME(f) f##_u16
#include "engine/matrices/gldm_row.inc"

#define CODE    uint32_t
#define LANES   lanes_u32
#define NAME(f) f##_u32
#include "engine/matrices/gldm_row.inc"

enum { MOST_CELLS = 1 << 24, KEY_SHIFT = 32 };

struct gldm {
    const struct codes *codes;
    int64_t *step;
    int n_steps;
    int64_t alpha;
    void *row;       /* dependences of a row, in the width of the codes */
    uint32_t *table; /* (n + 1) * stride, or NULL: sorted voxels */
    int64_t stride;
    uint64_t *key, *spare;
    int64_t n_keys;
};

/* Dependences of a run whose numbers may not fit the width of the codes. */
static int64_t dependence(const struct gldm *g, int64_t i)
{
    int64_t mine = codes_at(g->codes, i), d = 0;
    for (int k = 0; k < g->n_steps; k++) {
        int64_t other = codes_at(g->codes, i + g->step[k]);
        d += other != 0 && llabs(other - mine) <= g->alpha;
    }
    return d;
}

/* The largest number of the width of the codes. */
static int64_t most(const struct codes *c)
{
    return c->width == 1 ? UINT8_MAX : c->width == 2 ? UINT16_MAX : UINT32_MAX;
}

static void row_dependences(const struct gldm *g, const struct run *r)
{
    const struct codes *c = g->codes;
    int64_t alpha = g->alpha < most(c) ? g->alpha : most(c);
    if (c->width == 1 && alpha == 0)
        row_equal_u8(c->u8 + r->start, r->n, g->step, g->n_steps, g->row);
    else if (c->width == 1)
        row_near_u8(c->u8 + r->start, r->n, g->step, g->n_steps, (uint8_t)alpha, g->row);
    else if (c->width == 2 && alpha == 0)
        row_equal_u16(c->u16 + r->start, r->n, g->step, g->n_steps, g->row);
    else if (c->width == 2)
        row_near_u16(c->u16 + r->start, r->n, g->step, g->n_steps, (uint16_t)alpha, g->row);
    else if (alpha == 0)
        row_equal_u32(c->u32 + r->start, r->n, g->step, g->n_steps, g->row);
    else
        row_near_u32(c->u32 + r->start, r->n, g->step, g->n_steps, (uint32_t)alpha, g->row);
}

static void gldm_add(struct gldm *g, int64_t code, int64_t size)
{
    if (g->table)
        g->table[code * g->stride + size]++;
    else
        g->key[g->n_keys++] = (uint64_t)code << KEY_SHIFT | (uint64_t)size;
}

static void count_run(struct gldm *g, const struct run *r)
{
    const struct codes *c = g->codes;
    bool fits = g->n_steps <= most(c);
    if (fits)
        row_dependences(g, r);
    const uint8_t *u8 = g->row;
    const uint16_t *u16 = g->row;
    const uint32_t *u32 = g->row;
    if (fits && c->width == 1 && g->table) {
        for (int64_t x = 0; x < r->n; x++)
            g->table[c->u8[r->start + x] * g->stride + u8[x] + 1]++;
        return;
    }
    for (int64_t x = 0; x < r->n; x++) {
        int64_t d = !fits           ? dependence(g, r->start + x)
                    : c->width == 1 ? u8[x]
                    : c->width == 2 ? u16[x]
                                    : u32[x];
        gldm_add(g, codes_at(c, r->start + x), d + 1);
    }
}

static bool gldm_open(struct gldm *g, const struct directions *both, struct err *e)
{
    const struct codes *c = g->codes;
    g->n_steps = both->n;
    g->stride = (int64_t)both->n + 2;
    g->step = mem_array((size_t)both->n, sizeof *g->step, e);
    g->row = mem_big((size_t)c->size[0] + 2 * LANES_BYTES, (size_t)c->width, e);
    if (!g->step || !g->row)
        return false;
    for (int k = 0; k < both->n; k++)
        g->step[k] = codes_step(c, both->offset[k].d);
    int64_t cells = ((int64_t)c->n + 1) * g->stride;
    if (cells <= MOST_CELLS) {
        g->table = mem_big((size_t)cells, sizeof *g->table, e);
    } else {
        g->key = mem_big((size_t)c->n_voxels, sizeof *g->key, e);
        g->spare = mem_big((size_t)c->n_voxels, sizeof *g->spare, e);
    }
    return g->table || (g->key && g->spare);
}

static void gldm_close(struct gldm *g)
{
    free(g->step);
    mem_big_free(g->row);
    mem_big_free(g->table);
    mem_big_free(g->key);
    mem_big_free(g->spare);
}

bool gldm_count(const struct codes *c, const struct directions *both, int64_t alpha,
                struct cells *out, struct err *e)
{
    struct gldm g = {.codes = c, .alpha = alpha};
    bool ok = gldm_open(&g, both, e);
    for (int64_t r = 0; ok && r < c->n_runs; r++)
        count_run(&g, &c->run[r]);
    if (ok)
        ok = g.table ? cells_from_table(g.table, c->n, g.stride - 1, g.stride, out, e)
                     : cells_from_keys(g.key, g.spare, g.n_keys, KEY_SHIFT, out, e);
    gldm_close(&g);
    return ok;
}
