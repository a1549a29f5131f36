#include "engine/matrices/glcm.h"

#include "base/mem.h"
#include "engine/matrices/lanes.h"

#include <string.h>

/* Beyond this many cells a table misses the cache on every pair, and is mostly empty: sorting the
 * pairs is faster and takes memory by voxels instead of by levels squared. */
enum { MOST_CELLS = 1 << 20, GROUP_CELLS = 1 << 19 };

static int64_t table_cells(const struct codes *c)
{
    return ((int64_t)c->n + 1) * (c->n + 1);
}

static bool no_memory(const struct codes *c, struct err *e)
{
    return err_set(e, ERR_FAILED, "no memory for a co-occurrence matrix of %d grey levels",
                   (int)c->n);
}

static bool open_tables(struct glcm *g, int64_t cells, struct err *e)
{
    g->group = g->joint.most ? g->joint.most : cells <= GROUP_CELLS ? GLCM_GROUP : 1;
    if (g->group > g->directions->n)
        g->group = g->directions->n;
    g->table[0] = mem_big((size_t)(cells * g->group), sizeof **g->table, NULL);
    if (!g->table[0])
        return no_memory(g->codes, e);
    for (int k = 1; k < g->group; k++)
        g->table[k] = g->table[0] + k * cells;
    return true;
}

static bool open_keys(struct glcm *g, struct err *e)
{
    size_t pairs = (size_t)g->codes->n_voxels * (g->symmetric ? 2 : 1);
    g->key = mem_big(pairs, sizeof *g->key, NULL);
    g->spare = mem_big(pairs, sizeof *g->spare, NULL);
    return (g->key && g->spare) || no_memory(g->codes, e);
}

bool glcm_open(struct glcm *g, const struct codes *codes, const struct directions *directions,
               bool symmetric, struct err *e)
{
    *g = (struct glcm){.codes = codes, .directions = directions, .symmetric = symmetric};
    g->counted = -1;
    if (glcm_small_fits(codes, directions))
        return glcm_small_open(&g->small, codes, directions, symmetric, e);
    int64_t cells = table_cells(codes);
    bool sorted =
        codes->width == 4 || cells > MOST_CELLS || (cells > 1 << 16 && cells > 4 * codes->n_voxels);
    if (sorted ? open_keys(g, e) : glcm_joint_open(&g->joint, codes, e) && open_tables(g, cells, e))
        return true;
    glcm_close(g);
    return false;
}

void glcm_close(struct glcm *g)
{
    glcm_small_close(&g->small);
    glcm_joint_close(&g->joint);
    mem_big_free(g->table[0]);
    mem_big_free(g->key);
    mem_big_free(g->spare);
    *g = (struct glcm){0};
}

INLINE int64_t code(const struct codes *c, int64_t i, int width)
{
    return width == 1 ? c->u8[i] : c->u16[i];
}

/* One pass for k directions (a constant after inlining): k private tables, so that equal pairs that
 * follow each other do not wait for each other's store. */
INLINE void count_group(const struct codes *c, const int64_t *step, uint32_t *const *table, int k,
                        int width)
{
    int64_t s[GLCM_GROUP], stride = (int64_t)c->n + 1;
    uint32_t *t[GLCM_GROUP];
    for (int d = 0; d < k; d++) {
        s[d] = step[d];
        t[d] = table[d];
    }
    for (int64_t r = 0; r < c->n_runs; r++) {
        int64_t end = c->run[r].start + c->run[r].n;
        for (int64_t i = c->run[r].start; i < end; i++) {
            int64_t row = code(c, i, width) * stride;
            for (int d = 0; d < k; d++)
                t[d][row + code(c, i + s[d], width)]++;
        }
    }
}

INLINE void count_width(const struct codes *c, const int64_t *step, uint32_t *const *table, int k,
                        int width)
{
    switch (k) {
    case 1:
        count_group(c, step, table, 1, width);
        break;
    case 2:
        count_group(c, step, table, 2, width);
        break;
    case 3:
        count_group(c, step, table, 3, width);
        break;
    case 4:
        count_group(c, step, table, 4, width);
        break;
    default:
        count_group(c, step, table, 5, width);
    }
}

static void count_tables(struct glcm *g, int first)
{
    const struct codes *c = g->codes;
    int k = g->directions->n - first < g->group ? g->directions->n - first : g->group;
    int64_t step[GLCM_TABLES];
    for (int d = 0; d < k; d++)
        step[d] = codes_step(c, g->directions->offset[first + d].d);
    memset(g->table[0], 0, (size_t)(table_cells(c) * k) * sizeof **g->table);
    if (g->joint.most)
        glcm_joint_add(&g->joint, step, k, g->table);
    else if (c->width == 1)
        count_width(c, step, g->table, k, 1);
    else
        count_width(c, step, g->table, k, 2);
    g->counted = first;
}

/* The pairs of one direction as sorted keys. */
static bool count_keys(struct glcm *g, int i, struct cells *out, struct err *e)
{
    const struct codes *c = g->codes;
    int64_t step = codes_step(c, g->directions->offset[i].d), n = 0;
    const int shift = c->width == 4 ? 32 : 16;
    for (int64_t r = 0; r < c->n_runs; r++)
        for (int64_t k = c->run[r].start; k < c->run[r].start + c->run[r].n; k++) {
            uint64_t a = (uint64_t)codes_at(c, k), b = (uint64_t)codes_at(c, k + step);
            if (!b)
                continue;
            g->key[n++] = a << shift | b;
            if (g->symmetric)
                g->key[n++] = b << shift | a;
        }
    return cells_from_keys(g->key, g->spare, n, shift, out, e);
}

bool glcm_matrix(struct glcm *g, int i, struct cells *out, struct err *e)
{
    if (g->small.n)
        return glcm_small_matrix(&g->small, i, out, e);
    if (!g->group)
        return count_keys(g, i, out, e);
    if (g->counted < 0 || i >= g->counted + g->group)
        count_tables(g, i);
    const uint32_t *table = g->table[i - g->counted];
    int64_t n = g->codes->n;
    return g->symmetric ? cells_from_symmetric(table, n, n + 1, out, e)
                        : cells_from_table(table, n, n, n + 1, out, e);
}
