#include "engine/matrices/codes.h"

#include "base/mem.h"
#include "engine/matrices/lanes.h"

#include <stdlib.h>
#include <string.h>

/* Numbers the levels that occur; writes code_of[0..n_levels]. true when every code equals its
 * level.
 */
static bool number_levels(const struct levels *l, const struct outline *ol, enum codes_kind kind,
                          uint32_t *code_of, struct codes *c)
{
    if (kind == CODES_DENSE && !l->count)
        for (int64_t i = 0; i < ol->n_voxels; i++)
            code_of[levels_at(l, i)] = 1;
    for (int32_t k = 1; k <= l->n_levels; k++)
        if (kind == CODES_LEVELS || (l->count ? l->count[k] > 0 : code_of[k])) {
            c->level[++c->n] = (uint32_t)k;
            code_of[k] = (uint32_t)c->n;
        }
    return c->n == l->n_levels;
}

/* Where the padded volume lies; memory that held one of the same shape stays: its zeros are still
 * zeros. */
static bool place(struct codes *c, const struct outline *ol, const int32_t reach[3], struct err *e)
{
    const struct codes before = *c;
    /* Lines share the zeros between them, and planes theirs: the right border of a line is the left
     * border of the next. */
    c->width = c->n <= UINT8_MAX ? 1 : c->n <= UINT16_MAX ? 2 : 4;
    memcpy(c->size, ol->tight.size, sizeof c->size);
    c->stride[0] = 1;
    c->stride[1] = c->size[0] + reach[0];
    c->stride[2] = c->stride[1] * (c->size[1] + reach[1]);
    int64_t border = reach[2] * c->stride[2] + reach[1] * c->stride[1] + reach[0];
    c->first = (border + 63) & ~(int64_t)63;
    c->n_cells = c->first + c->size[2] * c->stride[2] + border + 64;
    if (c->memory && c->width == before.width && c->n_cells == before.n_cells &&
        c->first == before.first && memcmp(c->stride, before.stride, sizeof c->stride) == 0)
        return true;
    mem_big_free(c->memory);
    c->memory = mem_big((size_t)c->n_cells, (size_t)c->width, e);
    c->u8 = c->width == 1 ? c->memory : NULL;
    c->u16 = c->width == 2 ? c->memory : NULL;
    c->u32 = c->width == 4 ? c->memory : NULL;
    return c->memory != NULL;
}

INLINE void put(void *out, int64_t x, uint32_t code, int width)
{
    if (width == 1)
        ((uint8_t *)out)[x] = (uint8_t)code;
    else if (width == 2)
        ((uint16_t *)out)[x] = (uint16_t)code;
    else
        ((uint32_t *)out)[x] = code;
}

INLINE void encode(const uint16_t *level, int64_t n, const uint32_t *code_of, void *out, int width)
{
    for (int64_t x = 0; x < n; x++)
        put(out, x, code_of ? code_of[level[x]] : level[x], width);
}

static void encode_wide(const uint32_t *level, int64_t n, const uint32_t *code_of, void *out,
                        int width)
{
    for (int64_t x = 0; x < n; x++)
        put(out, x, code_of ? code_of[level[x]] : level[x], width);
}

SIMD_CLONES_512 static void encode_u8(const uint16_t *restrict level, int64_t n,
                                      uint8_t *restrict out)
{
    encode(level, n, NULL, out, 1);
}

/* The n voxels of the ROI from voxel `from` on; code_of NULL: levels are codes. */
static void encode_run(const struct codes *c, const struct levels *l, int64_t from, int64_t n,
                       const uint32_t *code_of, int64_t at)
{
    void *out = (uint8_t *)c->memory + at * c->width;
    if (l->wide)
        encode_wide(l->wide + from, n, code_of, out, c->width);
    else if (c->width == 1 && !code_of)
        encode_u8(l->level + from, n, out);
    else if (c->width == 1)
        encode(l->level + from, n, code_of, out, 1);
    else
        encode(l->level + from, n, code_of, out, 2);
}

static void codes_fill(const struct levels *l, const struct outline *ol, const uint32_t *code_of,
                       struct codes *c)
{
    for (int64_t r = 0, from = 0; r < ol->n_runs; from += ol->run[r++].n) {
        int64_t i = ol->run[r].start, x = i % ol->size[0] - ol->tight.lo[0];
        int64_t y = i / ol->size[0] % ol->size[1] - ol->tight.lo[1];
        int64_t z = i / ol->size[0] / ol->size[1] - ol->tight.lo[2];
        int64_t at = c->first + x + y * c->stride[1] + z * c->stride[2];
        c->run[r] = (struct run){at, ol->run[r].n};
        encode_run(c, l, from, ol->run[r].n, code_of, at);
    }
    c->n_runs = ol->n_runs;
    c->n_voxels = ol->n_voxels;
}

/* Lists that the number of levels and of runs decides. */
static bool codes_begin(struct codes *c, const struct outline *ol, int32_t n_levels, struct err *e)
{
    free(c->level);
    c->n = 0;
    c->level = mem_array((size_t)n_levels + 1, sizeof *c->level, e);
    if (!c->run)
        c->run = mem_array((size_t)ol->n_runs, sizeof *c->run, e);
    return c->level && c->run;
}

bool codes_create(const struct levels *l, const struct outline *ol, const int32_t reach[3],
                  enum codes_kind kind, struct codes *out, struct err *e)
{
    uint32_t *code_of = mem_array((size_t)l->n_levels + 1, sizeof *code_of, e);
    bool ok = code_of && codes_begin(out, ol, l->n_levels, e);
    if (ok) {
        bool same = number_levels(l, ol, kind, code_of, out);
        ok = place(out, ol, reach, e);
        if (ok)
            codes_fill(l, ol, same ? NULL : code_of, out);
    }
    free(code_of);
    if (!ok)
        codes_free(out);
    return ok;
}

void codes_free(struct codes *c)
{
    free(c->level);
    free(c->run);
    mem_big_free(c->memory);
    *c = (struct codes){0};
}
