/* Grey tone differences of packed kernels: the sum of the levels around each voxel and their number
 * are one 32-bit number (level + 65536), added up along x, then y, then z. Of the sums over pairs
 * of levels, contrast and strength follow from moments, which are whole numbers. */
#include "engine/features/tones.h"
#include "engine/packed/packed_work.h"

#include "base/simd.h"

#include <stdlib.h>
#include <string.h>

enum { ONE_VOXEL = 1 << 16 };

/* out[i] = in[i - step] + in[i] + in[i + step] for `n` places of each plane. */
SIMD_PART void add_three(const uint32_t *restrict in, int64_t planes, int64_t n, int step,
                         uint32_t *restrict out)
{
    for (int64_t z = 0; z < planes; z++)
        for (int64_t i = 64 * z; i < 64 * z + n; i++)
            out[i] = in[i - step] + in[i] + in[i + step];
}

SIMD_CLONES static void add_cube(struct packed_tones *t, const struct packed_kernel *k)
{
    int64_t planes = k->side[2], n = 8 * k->side[1];
    uint32_t *levels = t->levels + PACKED_MARGIN, *sums = t->sums + PACKED_MARGIN;
    for (int64_t z = 0; z < planes; z++)
        for (int64_t i = 64 * z; i < 64 * z + n; i++)
            levels[i] = k->level[i] ? k->level[i] + (uint32_t)ONE_VOXEL : 0;
    add_three(levels, planes, n, 1, sums);
    add_three(sums, planes, n, 8, levels);
    add_three(levels, planes, n, 64, sums);
}

/* How far each level lies from the mean of its neighbours, added up. */
static void add_differences(struct packed_tones *t, const struct packed_kernel *k)
{
    const uint32_t *sums = t->sums + PACKED_MARGIN;
    for (int p = 0; p < k->n_present; p++)
        t->s[k->present[p]] = 0;
    for (int i = 0; i < k->n; i++) {
        int place = k->place[i], level = k->level[place];
        int around = (int)(sums[place] / ONE_VOXEL) - 1;
        int sum = (int)(sums[place] % ONE_VOXEL) - level;
        if (around > 0)
            t->s[level] += (double)abs(level * around - sum) / around;
    }
}

/* Sums over all ordered pairs of levels. i p_i and j p_j may be equal but for round-off, which
 * pyradiomics divides by: they are multiplied as there. What lies beyond the last level counts
 * nothing. */
SIMD_CLONES static void add_pairs(struct packed_tones *t, int n)
{
    quad complexity = {0}, busyness = {0};
    const quad zero = {0};
    for (int a = 0; a < n; a++)
        for (int b = 0; b < n; b += QUAD) {
            quad level, count, weighted, here, other;
            QUAD_LOAD(level, t->level + b);
            QUAD_LOAD(count, t->count + b);
            QUAD_LOAD(weighted, t->weighted + b);
            QUAD_LOAD(here, t->here + b);
            QUAD_LOAD(other, t->share + b);
            quad apart = t->level[a] - level, share = t->share[a] - other;
            apart = QUAD_CHOOSE(apart < zero, -apart, apart) * here;
            busyness += QUAD_CHOOSE(share < zero, -share, share) * here;
            complexity += apart * (t->weighted[a] + weighted) / (t->count[a] + count);
        }
    t->busyness = (busyness[0] + busyness[1]) + (busyness[2] + busyness[3]);
    t->complexity = (complexity[0] + complexity[1]) + (complexity[2] + complexity[3]);
}

static struct tones sum_tones(struct packed_tones *t, const struct packed_kernel *k)
{
    int64_t n = k->n, present = k->n_present, first = 0, second = 0, levels = 0, squares = 0;
    struct tones out = {.levels = k->n_present, .voxels = k->n};
    for (int p = 0; p < k->n_present; p++) {
        int64_t level = k->present[p], count = k->count[level];
        first += count * level;
        second += count * level * level;
        levels += level;
        squares += level * level;
        t->level[p] = (double)level;
        t->count[p] = (double)count;
        t->weighted[p] = (double)count * t->s[level];
        t->here[p] = 1;
        t->share[p] = t->level[p] * (t->count[p] / (double)n);
        out.s += t->s[level];
        out.ps += (double)count / (double)n * t->s[level];
    }
    for (int p = k->n_present; p % QUAD; p++)
        t->here[p] = t->count[p] = t->level[p] = t->weighted[p] = t->share[p] = 0;
    add_pairs(t, k->n_present);
    out.pair_contrast = 2 * (double)(n * second - first * first) / (double)(n * n);
    out.pair_strength =
        2 * (double)(present * second - 2 * first * levels + n * squares) / (double)n;
    out.pair_busyness = t->busyness;
    out.pair_complexity = t->complexity;
    return out;
}

static bool measure_tones(struct packed_class *c, double *value, int64_t stride)
{
    add_cube(&c->tones, &c->kernel);
    add_differences(&c->tones, &c->kernel);
    struct tones tones = sum_tones(&c->tones, &c->kernel);
    for (int i = 0; i < c->task.n; i++) {
        const struct tones_row *row =
            (const struct tones_row *)family_row(c->task.family, c->formula[i]);
        value[i * stride] = row->formula(&tones);
    }
    return true;
}

static bool counts_lone(const struct packed_task *t)
{
    return t->arithmetic->counts_lone_tones;
}

/* Every formula is one of the sums: its number is its row. */
static int formula_of(const struct family *f, int row)
{
    (void)f;
    return row;
}

const struct packed_way packed_ngtdm = {
    .measure = ngtdm_measure,
    .fits = counts_lone,
    .formula = formula_of,
    .kernel = measure_tones,
};
