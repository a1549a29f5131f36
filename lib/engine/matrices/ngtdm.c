#include "engine/matrices/ngtdm.h"

#include "base/mem.h"
#include "engine/matrices/lanes.h"
#include "engine/matrices/window.h"

#include <stdlib.h>
#include <string.h>

/* |level - mean of the neighbours| = |level * number - sum| / number, so differences are added up
 * as integers per (level, number) and divided once at the end. A cell packs the voxels counted
 * (upper 20 bits) with the sum (lower 44); both are moved to wide numbers before either can
 * overflow. */
enum { SUM_BITS = 44, MOST_CELLS = 1 << 20, MOST_WINDOWS = 8 };
#define SUM_MASK (((uint64_t)1 << SUM_BITS) - 1)

struct ngtdm {
    const struct codes *codes;
    bool lone;  /* count voxels without neighbours */
    int64_t *n; /* results, per level */
    double *s;

    int n_windows; /* neighbours = signed sum of boxes, minus the voxel itself when self is set */
    struct window window[MOST_WINDOWS];
    uint32_t sign[MOST_WINDOWS];
    bool self;
    int shift;
    uint32_t *word;         /* of one line */
    uint32_t *cell, *apart; /* of one run */

    int64_t stride;   /* largest number of neighbours + 1 */
    uint64_t *packed; /* [(n + 1) * stride] */
    uint64_t *sum;    /* [(n + 1) * stride] */
    int64_t pending, most_pending;
};

/* Any set of neighbours and codes of any width, one by one. */
static bool count_plainly(struct ngtdm *g, const struct directions *both, struct err *e)
{
    const struct codes *c = g->codes;
    int64_t *step = mem_array((size_t)both->n, sizeof *step, e);
    if (!step)
        return false;
    for (int k = 0; k < both->n; k++)
        step[k] = codes_step(c, both->offset[k].d);
    for (int64_t r = 0; r < c->n_runs; r++)
        for (int64_t i = c->run[r].start; i < c->run[r].start + c->run[r].n; i++) {
            int64_t level = codes_at(c, i), sum = 0, number = 0;
            for (int k = 0; k < both->n; k++) {
                int32_t other = codes_at(c, i + step[k]);
                sum += other;
                number += other != 0;
            }
            g->n[level] += number > 0 || g->lone;
            g->s[level] += number ? (double)llabs(level * number - sum) / (double)number : 0;
        }
    free(step);
    return true;
}

static int bits(int64_t value)
{
    return 64 - __builtin_clzll((uint64_t)value | 1);
}

/* The shells D as signed boxes: sum over r of d_r (box_r - box_(r-1)), d_r = 1 for r in D. false
 * when there are more boxes, or larger sums, than this method can hold. */
static bool plan(struct ngtdm *g, const struct directions *both, int64_t r[MOST_WINDOWS])
{
    g->self = both->shells >> 1 & 1;
    for (int k = 1; k < 63 && both->shells >> k; k++) {
        int coefficient = (int)(both->shells >> k & 1) - (int)(both->shells >> (k + 1) & 1);
        if (coefficient == 0)
            continue;
        if (g->n_windows == MOST_WINDOWS)
            return false;
        g->sign[g->n_windows] = (uint32_t)coefficient;
        r[g->n_windows++] = k;
    }
    g->stride = 1;
    for (int a = 0; a < 3; a++)
        g->stride *= 2 * both->reach[a] + 1;
    g->shift = bits(g->stride * g->codes->n);
    return g->n_windows > 0 && g->shift + bits(g->stride) <= 32;
}

static bool ngtdm_open(struct ngtdm *g, const struct directions *both, const int64_t *r,
                       struct err *e)
{
    const struct codes *c = g->codes;
    for (int k = 0; k < g->n_windows; k++) {
        int64_t sides[3];
        for (int a = 0; a < 3; a++)
            sides[a] = r[k] < both->reach[a] ? r[k] : both->reach[a];
        if (!window_open(&g->window[k], c, sides, g->shift, e))
            return false;
    }
    size_t line = (size_t)c->size[0] + 8;
    g->word = mem_big(3 * line, sizeof *g->word, e);
    g->cell = g->word + line;
    g->apart = g->cell + line;
    int64_t cells = (c->n + 1) * g->stride;
    if (!g->word || cells > MOST_CELLS)
        return g->word != NULL;
    g->packed = mem_big((size_t)cells, sizeof *g->packed, e);
    g->sum = mem_big((size_t)cells, sizeof *g->sum, e);
    int64_t by_sum = (int64_t)(SUM_MASK / (uint64_t)(g->stride * c->n));
    g->most_pending = by_sum < (1 << 20) - 1 ? by_sum : (1 << 20) - 1;
    return g->packed && g->sum;
}

static void ngtdm_close(struct ngtdm *g)
{
    for (int k = 0; k < g->n_windows; k++)
        window_close(&g->window[k]);
    mem_big_free(g->word);
    mem_big_free(g->packed);
    mem_big_free(g->sum);
}

/* Moves the packed cells to the wide sums. */
static void flush(struct ngtdm *g)
{
    int64_t cells = (g->codes->n + 1) * g->stride;
    for (int64_t i = 0; i < cells; i++) {
        if (g->packed[i] == 0)
            continue;
        if (i % g->stride > 0 || g->lone)
            g->n[i / g->stride] += (int64_t)(g->packed[i] >> SUM_BITS);
        g->sum[i] += g->packed[i] & SUM_MASK;
        g->packed[i] = 0;
    }
    g->pending = 0;
}

/* For n voxels: the cell of the table, and |level * number - sum|. */
INLINE void differences(const struct ngtdm *g, const void *code, const uint32_t *word, int64_t n,
                        uint32_t *cell, uint32_t *apart, int width)
{
    const uint8_t *u8 = code;
    const uint16_t *u16 = code;
    int shift = g->shift;
    uint32_t mask = ((uint32_t)1 << shift) - 1, one = g->self ? (uint32_t)1 << shift : 0;
    uint32_t self = g->self, stride = (uint32_t)g->stride;
    for (int64_t x = 0; x < n; x++) {
        uint32_t level = width == 1 ? u8[x] : u16[x], w = word[x] - one - self * level;
        uint32_t number = w >> shift;
        int32_t difference = (int32_t)(level * number - (w & mask));
        apart[x] = (uint32_t)(difference < 0 ? -difference : difference);
        cell[x] = level * stride + number;
    }
}

SIMD_CLONES static void differences_u8(const struct ngtdm *g, const void *code,
                                       const uint32_t *word, int64_t n, uint32_t *restrict cell,
                                       uint32_t *restrict apart)
{
    differences(g, code, word, n, cell, apart, 1);
}

SIMD_CLONES static void differences_u16(const struct ngtdm *g, const void *code,
                                        const uint32_t *word, int64_t n, uint32_t *restrict cell,
                                        uint32_t *restrict apart)
{
    differences(g, code, word, n, cell, apart, 2);
}

static void tally(struct ngtdm *g, const struct run *r, const uint32_t *word)
{
    const struct codes *c = g->codes;
    uint32_t *cell = g->cell, *apart = g->apart;
    uint64_t *packed = g->packed;
    int64_t n = r->n;
    if (c->width == 1)
        differences_u8(g, c->u8 + r->start, word, n, cell, apart);
    else
        differences_u16(g, c->u16 + r->start, word, n, cell, apart);
    for (int64_t x = 0; x < n; x++)
        packed[cell[x]] += ((uint64_t)1 << SUM_BITS) + apart[x];
}

/* Without a table (many levels, many neighbours): divided voxel by voxel, in their order. */
static void tally_plainly(struct ngtdm *g, const struct run *r, const uint32_t *word)
{
    for (int64_t x = 0; x < r->n; x++) {
        int64_t level = codes_at(g->codes, r->start + x);
        uint32_t w = word[x] - (g->self ? window_word((uint32_t)level, g->shift) : 0);
        int64_t number = w >> g->shift, sum = w & (((uint32_t)1 << g->shift) - 1);
        g->n[level] += number > 0 || g->lone;
        g->s[level] += number ? (double)llabs(level * number - sum) / (double)number : 0;
    }
}

static void tally_run(struct ngtdm *g, const struct run *r, const uint32_t *word)
{
    if (!g->packed) {
        tally_plainly(g, r, word);
        return;
    }
    if (g->pending + r->n > g->most_pending)
        flush(g);
    g->pending += r->n;
    tally(g, r, word);
}

/* One line of one plane: windows move on, its runs are counted. Returns the first run behind it. */
static int64_t count_line(struct ngtdm *g, int64_t y, int64_t z, int64_t run)
{
    const struct codes *c = g->codes;
    int64_t start = c->first + y * c->stride[1] + z * c->stride[2], end = start + c->size[0];
    for (int k = 0; k < g->n_windows; k++)
        window_line(&g->window[k], y);
    if (run == c->n_runs || c->run[run].start >= end)
        return run;
    memset(g->word, 0, (size_t)c->size[0] * sizeof *g->word);
    for (int k = 0; k < g->n_windows; k++)
        window_add(&g->window[k], g->sign[k], g->word);
    for (; run < c->n_runs && c->run[run].start < end; run++)
        tally_run(g, &c->run[run], g->word + (c->run[run].start - start));
    return run;
}

static void divide(struct ngtdm *g)
{
    flush(g);
    for (int32_t l = 1; l <= g->codes->n; l++)
        for (int64_t number = 1; g->n[l] > 0 && number < g->stride; number++)
            g->s[l] += (double)g->sum[l * g->stride + number] / (double)number;
}

bool ngtdm_count(const struct codes *c, const struct directions *both, bool lone, int64_t *n,
                 double *s, struct err *e)
{
    struct ngtdm g = {.codes = c, .lone = lone, .n = n, .s = s};
    int64_t r[MOST_WINDOWS], run = 0;
    memset(n, 0, ((size_t)c->n + 1) * sizeof *n);
    memset(s, 0, ((size_t)c->n + 1) * sizeof *s);
    if (c->width == 4 || !plan(&g, both, r))
        return count_plainly(&g, both, e);
    bool ok = ngtdm_open(&g, both, r, e);
    for (int64_t z = 0; ok && z < c->size[2]; z++) {
        for (int k = 0; k < g.n_windows; k++)
            window_plane(&g.window[k], z);
        for (int64_t y = 0; y < c->size[1]; y++)
            run = count_line(&g, y, z, run);
    }
    if (ok && g.packed)
        divide(&g);
    ngtdm_close(&g);
    return ok;
}
