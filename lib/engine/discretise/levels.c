#include "engine/discretise/levels.h"

#include "base/mem.h"
#include "base/simd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 4096 };

typedef float float4 __attribute__((vector_size(16)));

/* Extremes of the values so far, in fixed lanes; taint becomes NaN when one is NaN or infinite. */
struct lane_range {
    double lo[SIMD_LANES], hi[SIMD_LANES], taint[SIMD_LANES];
};

SIMD_CLONES_512 static void add_range(const double *v, int64_t n, struct lane_range *r)
{
    quad lo[QUADS], hi[QUADS], taint[QUADS];
    memcpy(lo, r->lo, sizeof lo), memcpy(hi, r->hi, sizeof hi), memcpy(taint, r->taint, sizeof lo);
    int64_t i = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES) {
        for (int h = 0; h < QUADS; h++) {
            quad x;
            QUAD_LOAD(x, v + i + QUAD * h);
            lo[h] = QUAD_CHOOSE(x < lo[h], x, lo[h]);
            hi[h] = QUAD_CHOOSE(x > hi[h], x, hi[h]);
            /* NaN when the value is not finite. NOLINTNEXTLINE(misc-redundant-expression) */
            taint[h] += x - x;
        }
    }
    memcpy(r->lo, lo, sizeof lo), memcpy(r->hi, hi, sizeof hi), memcpy(r->taint, taint, sizeof lo);
    for (; i < n; i++) {
        r->lo[0] = v[i] < r->lo[0] ? v[i] : r->lo[0];
        r->hi[0] = v[i] > r->hi[0] ? v[i] : r->hi[0];
        r->taint[0] += v[i] - v[i];
    }
}

static void find_taint(const double *value, int64_t n, struct value_range *range)
{
    range->first_is_nan = isnan(value[0]);
    for (int64_t i = 0; i < n; i++) {
        range->has_infinite |= isinf(value[i]);
        range->has_nan |= isnan(value[i]);
    }
}

static struct value_range find_range(const double *value, int64_t n)
{
    struct lane_range lanes;
    for (int j = 0; j < SIMD_LANES; j++)
        lanes.lo[j] = INFINITY, lanes.hi[j] = -INFINITY, lanes.taint[j] = 0;
    add_range(value, n, &lanes);
    struct value_range range = {.minimum = INFINITY, .maximum = -INFINITY};
    double sum = 0;
    for (int j = 0; j < SIMD_LANES; j++) {
        range.minimum = fmin(range.minimum, lanes.lo[j]);
        range.maximum = fmax(range.maximum, lanes.hi[j]);
        sum += lanes.taint[j];
    }
    if (isnan(sum))
        find_taint(value, n, &range);
    return range;
}

/* Levels of eight values by arithmetic. The quotient, rounded to the nearest, may name the bin
 * above or (by round-off) below the right one, so the value is compared with both edges of the bin
 * it names. */
SIMD_PART void assign_eight(const double *v, const struct edges *g, double inverse, bool rounded,
                            uint16_t *level)
{
    const double top = (double)(g->n - 2);
    const quad one = {1, 1, 1, 1}, tops = {top, top, top, top};
    quad whole[QUADS];
    for (int h = 0; h < QUADS; h++) {
        quad x;
        QUAD_LOAD(x, v + QUAD * h);
        quad at = ((x - g->lo) * inverse + QUAD_ROUNDER) - QUAD_ROUNDER;
        quad below = g->lo + at * g->delta, above = g->lo + (at + 1) * g->delta;
        if (rounded) {
            below = __builtin_convertvector(__builtin_convertvector(below, float4), quad);
            above = __builtin_convertvector(__builtin_convertvector(above, float4), quad);
        }
        at += QUAD_KEEP(x >= above, one) - QUAD_KEEP(x < below, one);
        at = QUAD_CHOOSE(at < top, at, tops) + one;
        whole[h] = at;
    }
    eight_u16 packed = QUADS_TO_U16(whole[0], whole[1]);
    memcpy(level, &packed, sizeof packed);
}

SIMD_PART void assign(const double *v, int64_t n, const struct edges *edges, bool rounded,
                      uint16_t *level)
{
    const struct edges g = *edges;
    const double inverse = 1 / g.delta;
    int64_t i = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES)
        assign_eight(v + i, &g, inverse, rounded, level + i);
    double rest[SIMD_LANES];
    uint16_t rest_level[SIMD_LANES];
    for (int j = 0; j < SIMD_LANES; j++)
        rest[j] = i + j < n ? v[i + j] : g.lo;
    assign_eight(rest, &g, inverse, rounded, rest_level);
    memcpy(level + i, rest_level, (size_t)(n - i) * sizeof *level);
}

SIMD_CLONES_512 static void assign_double(const double *v, int64_t n, const struct edges *g,
                                          uint16_t *level)
{
    assign(v, n, g, false, level);
}

SIMD_CLONES_512 static void assign_float(const double *v, int64_t n, const struct edges *g,
                                         uint16_t *level)
{
    assign(v, n, g, true, level);
}

/* A level by bisection: NaN has level n. */
static int64_t find_level(const struct edges *g, double value)
{
    int64_t from = 0, to = g->n;
    while (from < to) {
        int64_t middle = (from + to) / 2;
        if (value < edges_at(g, middle))
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

/* Edges that follow no formula, or values that may be NaN. */
static void assign_search(const double *v, int64_t n, const struct edges *g, uint16_t *level)
{
    for (int64_t i = 0; i < n; i++)
        level[i] = (uint16_t)find_level(g, v[i]);
}

static void count_levels(const uint16_t *level, int64_t n, int64_t *even, int64_t *odd)
{
    /* Two tables: equal levels in a row would wait for each other's store. */
    int64_t i = 0;
    for (; i + 2 <= n; i += 2)
        even[level[i]]++, odd[level[i + 1]]++;
    if (i < n)
        even[level[i]]++;
}

/* Piece by piece, so that the levels are still in the cache when they are counted. */
static void levels_fill(const struct response *r, const struct edges *g, bool has_nan,
                        uint16_t *level, int64_t *even, int64_t *odd)
{
    for (int64_t at = 0; at < r->n_voxels; at += PIECE) {
        int64_t n = r->n_voxels - at < PIECE ? r->n_voxels - at : PIECE;
        if (!g->regular || has_nan)
            assign_search(r->sample + at, n, g, level + at);
        else if (g->rounded)
            assign_float(r->sample + at, n, g, level + at);
        else
            assign_double(r->sample + at, n, g, level + at);
        count_levels(level + at, n, even, odd);
    }
}

static void fill_wide(const struct response *r, const struct edges *g, uint32_t *level,
                      int64_t *count)
{
    for (int64_t i = 0; i < r->n_voxels; i++)
        count[level[i] = (uint32_t)find_level(g, r->sample[i])]++;
}

static int64_t highest_level(const struct edges *g, const struct value_range *range)
{
    if (range->has_nan)
        return g->n;
    int64_t k = g->n;
    while (k > 1 && range->maximum < edges_at(g, k - 1))
        k--;
    return k;
}

static bool fill_narrow(const struct response *r, bool has_nan, struct levels *l, struct err *e)
{
    int64_t *odd = mem_array((size_t)l->n_levels + 1, sizeof *odd, e);
    if (!odd)
        return false;
    levels_fill(r, &l->edges, has_nan, l->level, l->count, odd);
    for (int32_t k = 1; k <= l->n_levels; k++)
        l->count[k] += odd[k];
    free(odd);
    return true;
}

bool levels_create(const struct response *r, const struct discretise_settings *s,
                   struct levels *out, struct err *e)
{
    *out = (struct levels){.mask = r->mask, .n_voxels = r->n_voxels};
    memcpy(out->size, r->box.size, sizeof out->size);
    memcpy(out->spacing_mm, r->grid.spacing_mm, sizeof out->spacing_mm);
    struct value_range range = find_range(r->sample, r->n_voxels);
    if (!edges_create(&range, r->type, s, &out->edges, e))
        return false;
    out->n_levels = (int32_t)highest_level(&out->edges, &range);
    size_t n = (size_t)r->n_voxels;
    bool wide = out->n_levels > UINT16_MAX, ok;
    out->count = mem_array((size_t)out->n_levels + 1, sizeof *out->count, e);
    if (wide)
        ok = (out->wide = mem_big_unset(n, sizeof *out->wide, e)) && out->count;
    else
        ok = (out->level = mem_big_unset(n, sizeof *out->level, e)) && out->count &&
             fill_narrow(r, range.has_nan, out, e);
    if (ok && wide)
        fill_wide(r, &out->edges, out->wide, out->count);
    for (int32_t k = 1; ok && k <= out->n_levels; k++)
        out->n_present += out->count[k] > 0;
    if (!ok)
        levels_free(out);
    return ok;
}

void levels_free(struct levels *l)
{
    mem_big_free(l->level);
    mem_big_free(l->wide);
    free(l->count);
    *l = (struct levels){0};
}
