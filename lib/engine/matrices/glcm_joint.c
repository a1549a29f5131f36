#include "engine/matrices/glcm_joint.h"

#include "base/mem.h"
#include "engine/matrices/lanes.h"

#include <string.h>

/* Levels up to which codes of 1 + 5 and 1 + 3 voxels fit 16 bits. */
enum { LEVELS_FIVE = 5, LEVELS_THREE = 14, VOXELS_PER_SYMBOL = 2 };

static int64_t symbols(const struct codes *c, int neighbours)
{
    int64_t n = 1;
    for (int k = 0; k <= neighbours; k++)
        n *= c->n + 1;
    return n;
}

bool glcm_joint_open(struct glcm_joint *g, const struct codes *c, struct err *e)
{
    *g = (struct glcm_joint){.codes = c};
    g->most = c->n <= LEVELS_FIVE ? 5 : c->n <= LEVELS_THREE ? 3 : 0;
    if (g->most == 5 && symbols(c, 5) > VOXELS_PER_SYMBOL * c->n_voxels)
        g->most = 3;
    if (g->most == 0 || symbols(c, g->most) > VOXELS_PER_SYMBOL * c->n_voxels) {
        g->most = 0;
        return true;
    }
    g->count = mem_big(2 * (size_t)symbols(c, g->most), sizeof *g->count, e);
    g->symbol = mem_big((size_t)c->size[0] + LANES_BYTES, sizeof *g->symbol, e);
    if (g->count && g->symbol)
        return true;
    glcm_joint_close(g);
    return false;
}

void glcm_joint_close(struct glcm_joint *g)
{
    mem_big_free(g->count);
    mem_big_free(g->symbol);
    *g = (struct glcm_joint){0};
}

INLINE void spell(const uint8_t *p, int64_t n, const int64_t *step, int k, uint16_t base,
                  uint16_t *restrict out)
{
    const uint8_t *q[5];
    for (int d = 0; d < k; d++)
        q[d] = p + step[d];
    for (int64_t x = 0; x < n; x++) {
        uint16_t symbol = p[x];
        for (int d = 0; d < k; d++)
            symbol = (uint16_t)(symbol * base + q[d][x]);
        out[x] = symbol;
    }
}

SIMD_CLONES static void spell_five(const uint8_t *p, int64_t n, const int64_t *step, uint16_t base,
                                   uint16_t *restrict out)
{
    spell(p, n, step, 5, base, out);
}

SIMD_CLONES static void spell_three(const uint8_t *p, int64_t n, const int64_t *step, uint16_t base,
                                    uint16_t *restrict out)
{
    spell(p, n, step, 3, base, out);
}

SIMD_CLONES static void spell_two(const uint8_t *p, int64_t n, const int64_t *step, uint16_t base,
                                  uint16_t *restrict out)
{
    spell(p, n, step, 2, base, out);
}

static void spell_any(const uint8_t *p, int64_t n, const int64_t *step, int k, uint16_t base,
                      uint16_t *restrict out)
{
    if (k == 5)
        spell_five(p, n, step, base, out);
    else if (k == 3)
        spell_three(p, n, step, base, out);
    else if (k == 2)
        spell_two(p, n, step, base, out);
    else
        spell(p, n, step, k, base, out);
}

static void count_symbols(struct glcm_joint *g, const int64_t *step, int k, int64_t room)
{
    const struct codes *c = g->codes;
    uint32_t *even = g->count, *odd = g->count + room;
    const uint16_t *symbol = g->symbol;
    memset(g->count, 0, 2 * (size_t)room * sizeof *g->count);
    for (int64_t r = 0; r < c->n_runs; r++) {
        int64_t n = c->run[r].n, x = 0;
        spell_any(c->u8 + c->run[r].start, n, step, k, (uint16_t)(c->n + 1), g->symbol);
        for (; x + 2 <= n; x += 2) {
            even[symbol[x]]++;
            odd[symbol[x + 1]]++;
        }
        if (x < n)
            even[symbol[x]]++;
    }
}

/* Adds a symbol's count to the matrices of its k directions. */
static void add_marginals(const struct glcm_joint *g, int64_t symbol, uint32_t count, int k,
                          uint32_t *const *table)
{
    int64_t base = g->codes->n + 1, code[5];
    for (int d = k - 1; d >= 0; d--) {
        code[d] = symbol % base;
        symbol /= base;
    }
    for (int d = 0; d < k; d++)
        table[d][symbol * base + code[d]] += count;
}

void glcm_joint_add(struct glcm_joint *g, const int64_t *step, int n, uint32_t *const *table)
{
    for (int from = 0; from < n;) {
        int k = n - from < g->most ? n - from : g->most;
        int64_t room = symbols(g->codes, k);
        count_symbols(g, step + from, k, room);
        for (int64_t i = 0; i < room; i++) {
            uint32_t count = g->count[i] + g->count[room + i];
            if (count)
                add_marginals(g, i, count, k, table + from);
        }
        from += k;
    }
}
