#include "engine/matrices/codes.h"

#include "base/mem.h"
#include "engine/matrices/lanes.h"

#include <stdlib.h>
#include <string.h>

/* Gives each level that occurs its code; writes code_of[0..n_levels]. true when that changes none.
 */
static bool number_levels(const uint16_t *level, const struct outline *ol, int32_t n_levels,
                          const int64_t *count, enum codes_kind kind, uint16_t *code_of,
                          struct codes *c)
{
    if (kind == CODES_DENSE && !count)
        for (int64_t i = 0; i < ol->n_voxels; i++)
            code_of[level[i]] = 1;
    for (int32_t l = 1; l <= n_levels; l++)
        if (kind == CODES_LEVELS || (count ? count[l] > 0 : code_of[l])) {
            c->level[++c->n] = (uint16_t)l;
            code_of[l] = (uint16_t)c->n;
        }
    return c->n == n_levels;
}

/* Where the padded volume lies; memory that held one of the same shape stays: its zeros are still
 * zeros. */
static bool place(struct codes *c, const struct outline *ol, const int32_t reach[3], struct err *e)
{
    const struct codes before = *c;
    /* Lines share the zeros between them, and planes theirs: the right border of a line is the left
     * border of the next. */
    c->width = c->n <= 255 ? 1 : 2;
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
    c->u16 = c->width == 1 ? NULL : c->memory;
    return c->memory != NULL;
}

INLINE void encode(const uint16_t *level, int64_t n, const uint16_t *code_of, void *out, int width)
{
    uint8_t *u8 = out;
    uint16_t *u16 = out;
    for (int64_t x = 0; x < n; x++) {
        uint16_t code = code_of ? code_of[level[x]] : level[x];
        if (width == 1)
            u8[x] = (uint8_t)code;
        else
            u16[x] = code;
    }
}

SIMD_CLONES static void encode_u8(const uint16_t *restrict level, int64_t n, uint8_t *restrict out)
{
    encode(level, n, NULL, out, 1);
}

/* code_of NULL: levels are codes. */
static void encode_run(const struct codes *c, const uint16_t *level, int64_t n,
                       const uint16_t *code_of, int64_t at)
{
    void *out = (uint8_t *)c->memory + at * c->width;
    if (c->width == 1 && !code_of)
        encode_u8(level, n, out);
    else if (c->width == 1)
        encode(level, n, code_of, out, 1);
    else
        encode(level, n, code_of, out, 2);
}

static void fill(const uint16_t *level, const struct outline *ol, const uint16_t *code_of,
                 struct codes *c)
{
    for (int64_t r = 0; r < ol->n_runs; level += ol->run[r++].n) {
        int64_t i = ol->run[r].start, x = i % ol->size[0] - ol->tight.lo[0];
        int64_t y = i / ol->size[0] % ol->size[1] - ol->tight.lo[1];
        int64_t z = i / ol->size[0] / ol->size[1] - ol->tight.lo[2];
        int64_t at = c->first + x + y * c->stride[1] + z * c->stride[2];
        c->run[r] = (struct run){at, ol->run[r].n};
        encode_run(c, level, ol->run[r].n, code_of, at);
    }
    c->n_runs = ol->n_runs;
    c->n_voxels = ol->n_voxels;
}

/* Lists that the number of levels and of runs decides. */
static bool begin(struct codes *c, const struct outline *ol, int32_t n_levels, struct err *e)
{
    free(c->level);
    c->n = 0;
    c->level = mem_array((size_t)n_levels + 1, sizeof *c->level, e);
    if (!c->run)
        c->run = mem_array((size_t)ol->n_runs, sizeof *c->run, e);
    return c->level && c->run;
}

bool codes_create(const uint16_t *level, const struct outline *ol, int32_t n_levels,
                  const int64_t *count, const int32_t reach[3], enum codes_kind kind,
                  struct codes *out, struct err *e)
{
    uint16_t *code_of = mem_array((size_t)n_levels + 1, sizeof *code_of, e);
    bool ok = code_of && begin(out, ol, n_levels, e);
    if (ok) {
        bool same = number_levels(level, ol, n_levels, count, kind, code_of, out);
        ok = place(out, ol, reach, e);
        if (ok)
            fill(level, ol, same ? NULL : code_of, out);
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
