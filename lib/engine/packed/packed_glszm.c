/* Zones of packed kernels: the voxels of one level are a set, and a zone grows in it from one voxel
 * to all its neighbours at once until it grows no more. */
#include "engine/packed/packed_work.h"

#include "base/simd.h"

#include <string.h>

/* A set in registers: four planes each. */
typedef uint64_t planes __attribute__((vector_size(32)));
struct set {
    planes lo, hi;
};

/* All voxels within one step of the set, along every axis. */
SIMD_PART struct set grown(struct set s)
{
    const planes none = {0};
    s.lo |= s.lo << 1 | s.lo >> 1;
    s.hi |= s.hi << 1 | s.hi >> 1;
    s.lo |= s.lo << 8 | s.lo >> 8;
    s.hi |= s.hi << 8 | s.hi >> 8;
    planes above_lo = __builtin_shufflevector(s.lo, s.hi, 1, 2, 3, 4);
    planes above_hi = __builtin_shufflevector(s.hi, none, 1, 2, 3, 4);
    planes below_lo = __builtin_shufflevector(none, s.lo, 3, 4, 5, 6);
    planes below_hi = __builtin_shufflevector(s.lo, s.hi, 3, 4, 5, 6);
    s.lo |= above_lo | below_lo;
    s.hi |= above_hi | below_hi;
    return s;
}

SIMD_PART bool differ(struct set a, struct set b)
{
    planes x = (a.lo ^ b.lo) | (a.hi ^ b.hi);
    return (x[0] | x[1] | x[2] | x[3]) != 0;
}

SIMD_PART int size_of(const uint64_t word[PACKED_PLANES])
{
    int n = 0;
    for (int z = 0; z < PACKED_PLANES; z++)
        n += __builtin_popcountll(word[z]);
    return n;
}

/* Takes the zone of one voxel out of the set of a level; returns its size. */
SIMD_CLONES_512 static int take_zone(uint64_t level[PACKED_PLANES], int z)
{
    uint64_t word[PACKED_PLANES] = {0};
    struct set all, zone, next;
    word[z] = level[z] & -level[z];
    memcpy(&all, level, sizeof all);
    memcpy(&zone, word, sizeof zone);
    for (;;) {
        next = grown(zone);
        next.lo &= all.lo;
        next.hi &= all.hi;
        if (!differ(next, zone))
            break;
        zone = next;
    }
    all.lo &= ~zone.lo;
    all.hi &= ~zone.hi;
    memcpy(level, &all, sizeof all);
    memcpy(word, &zone, sizeof zone);
    return size_of(word);
}

static void move_zones(struct packed_class *c)
{
    const struct packed_kernel *k = &c->kernel;
    for (int p = 0; p < k->n_present; p++) {
        int level = k->present[p], left = k->count[level];
        uint64_t *set = c->zones.of_level[level];
        for (int z = 0; left > 1 && z < PACKED_PLANES; z++)
            while (set[z] && left > 1) {
                int size = take_zone(set, z);
                left -= size;
                if (size > 1)
                    packed_sizes_move(&c->sizes, level, size, size);
            }
        memset(set, 0, PACKED_PLANES * sizeof *set);
    }
}

static bool measure_zones(struct packed_class *c, double *value, int64_t stride)
{
    const struct packed_kernel *k = &c->kernel;
    for (int i = 0; i < k->n; i++) {
        int place = k->place[i];
        c->zones.of_level[k->level[place]][place >> 6] |= (uint64_t)1 << (place & 63);
    }
    packed_sizes_kernel(&c->sizes, k);
    packed_lanes_clear(&c->lanes);
    packed_sizes_begin(&c->sizes);
    move_zones(c);
    packed_sizes_end(&c->sizes);
    packed_lanes_add(&c->lanes, &c->sizes, c->task.arithmetic->added_to_zero);
    for (int i = 0; i < c->task.n; i++)
        value[i * stride] = packed_lanes_mean(&c->lanes, c->formula[i]);
    return true;
}

static int formula_of(const struct family *f, int row)
{
    return packed_lanes_way(sizes_formula_of(f, row));
}

const struct packed_way packed_glszm = {
    .measure = glszm_measure,
    .formula = formula_of,
    .kernel = measure_zones,
};
