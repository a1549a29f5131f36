#include "engine/matrices/glszm.h"
#include "engine/matrices/gldzm.h"

#include "base/mem.h"
#include "engine/matrices/lanes.h"

#include <stdlib.h>

#define CODE    uint8_t
#define LANES   lanes_u8
#define NAME(f) f##_u8
#include "engine/matrices/glszm_row.inc"

#define CODE    uint16_t
#define LANES   lanes_u16
#define NAME(f) f##_u16
#include "engine/matrices/glszm_row.inc"

#define CODE    uint32_t
#define LANES   lanes_u32
#define NAME(f) f##_u32
#include "engine/matrices/glszm_row.inc"

/* Zones up to SMALL voxels are counted in a table, larger ones sorted; with very many levels the
 * table would be mostly empty. */
enum { MOST_BACK = 13, SMALL = 64, MOST_ROWS = 1 << 18, KEY_SHIFT = 32 };

/* With fewer voxels (a kernel of voxel mode) to clear the table of joins costs more than all joins.
 */
enum { LEAST_FOR_JOINS = 512 };

/* Union-find over provisional zones. */
struct zone {
    uint32_t parent;  /* a root is its own parent, and has a smaller number than its descendants */
    uint32_t measure; /* of a root: voxels so far, or the least distance of any of them */
    uint32_t code;
};

struct glszm {
    const struct codes *codes;
    const struct directions *half;
    const uint16_t *const *distance; /* of each run's voxels; NULL: zones are measured by voxels */
    int64_t back[MOST_BACK];         /* index steps to the earlier neighbours */
    uint32_t touching[MOST_BACK];    /* per neighbour: those that it touches */
    uint16_t *joins;   /* per set of equal neighbours: see joins_of; NULL: a small ROI */
    struct zone *zone; /* [1..n] */
    uint32_t n;
    uint32_t *ring; /* zone of the last voxels: neighbours are at most a plane and a line back */
    int64_t ring_mask;
    void *low, *high;
};

static uint32_t root_of(struct zone *zone, uint32_t a)
{
    while (zone[a].parent != a) {
        zone[a].parent = zone[zone[a].parent].parent;
        a = zone[a].parent;
    }
    return a;
}

static uint32_t lesser(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t join(const struct glszm *g, uint32_t a, uint32_t b)
{
    struct zone *zone = g->zone;
    if (a == b)
        return a;
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    zone[high].parent = low;
    zone[low].measure = g->distance ? lesser(zone[low].measure, zone[high].measure)
                                    : zone[low].measure + zone[high].measure;
    return low;
}

/* Are neighbours a and b neighbours of each other? Then equal codes have joined them already. */
static bool touch(const struct directions *half, int a, int b)
{
    for (int k = 0; k < 3; k++)
        if (abs(half->offset[a].d[k] - half->offset[b].d[k]) > 1)
            return false;
    return true;
}

static void find_touching(const struct directions *half, uint32_t touching[MOST_BACK])
{
    for (int a = 0; a < half->n; a++)
        for (int b = 0; b < half->n; b++)
            touching[a] |= (uint32_t)touch(half, a, b) << b;
}

/* The neighbours whose zones have to be joined when those of `set` have the voxel's code: one per
 * group of touching ones, of which there are four at most. Four bits each, neighbour + 1. Of a
 * group it is the last one, whose zone was looked up a short time ago: often the voxel before. */
static uint16_t joins_of(const uint32_t touching[MOST_BACK], uint32_t set)
{
    uint32_t joins = 0;
    for (int shift = 0; set; shift += 4) {
        uint32_t group = set & -set;
        for (uint32_t fresh = group; fresh; fresh &= fresh - 1) {
            uint32_t more = touching[__builtin_ctz(fresh)] & set & ~group;
            group |= more;
            fresh |= more;
        }
        joins |= (32 - (uint32_t)__builtin_clz(group)) << shift;
        set &= ~group;
    }
    return (uint16_t)joins;
}

static uint32_t neighbour_root(const struct glszm *g, int64_t i, int back)
{
    return root_of(g->zone, g->ring[(i + g->back[back]) & g->ring_mask]);
}

/* join_neighbours of a small ROI: all of them, needed or not. */
static uint32_t join_each(struct glszm *g, int64_t i, uint32_t set)
{
    uint32_t mine = neighbour_root(g, i, __builtin_ctz(set));
    while (set &= set - 1)
        mine = join(g, mine, neighbour_root(g, i, __builtin_ctz(set)));
    return mine;
}

/* The zone of voxel i with the equal neighbours `set` (not empty). */
static uint32_t join_neighbours(struct glszm *g, int64_t i, uint32_t set)
{
    if (!g->joins)
        return join_each(g, i, set);
    uint32_t joins = g->joins[set];
    if (joins == 0)
        joins = g->joins[set] = joins_of(g->touching, set);
    uint32_t mine = neighbour_root(g, i, (int)(joins & 15) - 1);
    while (joins >>= 4)
        mine = join(g, mine, neighbour_root(g, i, (int)(joins & 15) - 1));
    return mine;
}

/* near: zones have the least distance of their voxels. Both arguments are known to the compiler. */
INLINE void grow(struct glszm *g, const struct run *r, int width, bool near)
{
    const struct codes *c = g->codes;
    const uint8_t *low8 = g->low, *high8 = g->high;
    const uint16_t *low16 = g->low, *high16 = g->high;
    const uint32_t *low32 = g->low, *high32 = g->high;
    uint32_t *ring = g->ring;
    const uint16_t *distance = near ? g->distance[r - c->run] : NULL;
    int64_t mask = g->ring_mask, n = r->n;
    for (int64_t x = 0; x < n; x++) {
        uint32_t low = width == 1 ? low8[x] : width == 2 ? low16[x] : low32[x];
        uint32_t high = width == 1 ? high8[x] : width == 2 ? high16[x] : high32[x];
        uint32_t set = low | high << 8, mine;
        int64_t i = r->start + x;
        if (set) {
            mine = join_neighbours(g, i, set);
            uint32_t *measure = &g->zone[mine].measure;
            *measure = near ? lesser(*measure, distance[x]) : *measure + 1;
        } else {
            mine = ++g->n;
            uint32_t code = width == 1 ? c->u8[i] : width == 2 ? c->u16[i] : c->u32[i];
            g->zone[mine] = (struct zone){mine, near ? distance[x] : 1, code};
        }
        ring[i & mask] = mine;
    }
}

INLINE void grow_measured(struct glszm *g, const struct run *r, int width)
{
    if (g->distance)
        grow(g, r, width, true);
    else
        grow(g, r, width, false);
}

static void grow_run(struct glszm *g, const struct run *r)
{
    const struct codes *c = g->codes;
    if (c->width == 1) {
        equal_neighbours_u8(c->u8 + r->start, r->n, g->back, g->half->n, g->low, g->high);
        grow_measured(g, r, 1);
    } else if (c->width == 2) {
        equal_neighbours_u16(c->u16 + r->start, r->n, g->back, g->half->n, g->low, g->high);
        grow_measured(g, r, 2);
    } else {
        equal_neighbours_u32(c->u32 + r->start, r->n, g->back, g->half->n, g->low, g->high);
        grow_measured(g, r, 4);
    }
}

static bool glszm_open(struct glszm *g, struct err *e)
{
    const struct codes *c = g->codes;
    int64_t furthest = 0, ring = 64;
    for (int k = 0; k < g->half->n; k++) {
        g->back[k] = -codes_step(c, g->half->offset[k].d);
        furthest = -g->back[k] > furthest ? -g->back[k] : furthest;
    }
    while (ring <= furthest)
        ring *= 2;
    g->ring_mask = ring - 1;
    size_t line = (size_t)c->size[0] + 2 * LANES_BYTES;
    if (c->n_voxels >= LEAST_FOR_JOINS) {
        find_touching(g->half, g->touching);
        g->joins = mem_big((size_t)1 << g->half->n, sizeof *g->joins, e);
    }
    g->zone = mem_big_unset((size_t)c->n_voxels + 1, sizeof *g->zone, e);
    g->ring = mem_big((size_t)ring, sizeof *g->ring, e);
    g->low = mem_big(2 * line, (size_t)c->width, e);
    g->high = (uint8_t *)g->low + line * (size_t)c->width;
    return (g->joins || c->n_voxels < LEAST_FOR_JOINS) && g->zone && g->ring && g->low;
}

static void glszm_close(struct glszm *g)
{
    mem_big_free(g->joins);
    mem_big_free(g->zone);
    mem_big_free(g->ring);
    mem_big_free(g->low);
}

static int64_t count_large(const struct glszm *g, int64_t small)
{
    int64_t large = 0;
    for (uint32_t k = 1; k <= g->n; k++)
        large += g->zone[k].parent == k && g->zone[k].measure > small;
    return large;
}

/* The largest measure of a zone, but at most `most`: columns that no zone has are not gone through.
 */
static int64_t largest_below(const struct glszm *g, int64_t most)
{
    int64_t largest = 0;
    for (uint32_t k = 1; k <= g->n && largest < most; k++)
        if (g->zone[k].parent == k && g->zone[k].measure > largest)
            largest = g->zone[k].measure;
    return largest < most ? largest : most;
}

/* Small zones by table, large ones by keys, then both in one list. */
static bool collect(const struct glszm *g, struct cells *out, struct err *e)
{
    int64_t rows = g->codes->n, small = rows <= MOST_ROWS ? largest_below(g, SMALL) : 0;
    int64_t stride = small + 1;
    int64_t large = count_large(g, small), n = 0;
    uint32_t *table = mem_big((size_t)((rows + 1) * stride), sizeof *table, e);
    uint64_t *key = mem_big(2 * (size_t)large, sizeof *key, e);
    struct cells others = {0};
    bool ok = table && key;
    for (uint32_t k = 1; ok && k <= g->n; k++) {
        const struct zone *z = &g->zone[k];
        if (z->parent != k)
            continue;
        if (z->measure <= small)
            table[z->code * stride + z->measure]++;
        else
            key[n++] = (uint64_t)z->code << KEY_SHIFT | z->measure;
    }
    ok = ok && cells_from_table(table, rows, small, stride, out, e);
    if (large > 0)
        ok = ok && cells_from_keys(key, key + large, n, KEY_SHIFT, &others, e) &&
             cells_add(out, &others, 1, e);
    cells_free(&others);
    mem_big_free(table);
    mem_big_free(key);
    return ok;
}

static bool count_zones(const struct codes *c, const struct directions *half,
                        const uint16_t *const *distance, struct cells *out, struct err *e)
{
    if (c->n_voxels >= INT32_MAX)
        return err_set(e, ERR_REFUSED, "zones: more than 2^31 voxels");
    struct glszm g = {.codes = c, .half = half, .distance = distance};
    bool ok = glszm_open(&g, e);
    for (int64_t r = 0; ok && r < c->n_runs; r++)
        grow_run(&g, &c->run[r]);
    ok = ok && collect(&g, out, e);
    glszm_close(&g);
    return ok;
}

bool glszm_count(const struct codes *c, const struct directions *half, struct cells *out,
                 struct err *e)
{
    return count_zones(c, half, NULL, out, e);
}

bool gldzm_count(const struct codes *c, const struct directions *half,
                 const uint16_t *const *distance, struct cells *out, struct err *e)
{
    return count_zones(c, half, distance, out, e);
}
