/* Runs of packed kernels. Most runs of a small kernel are of one voxel; the longer ones begin where
 * the set "equal to the next voxel along the direction" does. */
#include "engine/packed/packed_work.h"

#include <math.h>

/* The runs of two and more voxels. */
static void move_runs(struct packed_class *c, const uint64_t set[PACKED_PLANES], int step)
{
    for (int z = 0; z < c->kernel.side[2]; z++)
        for (uint64_t word = set[z]; word; word &= word - 1) {
            int place = 64 * z + __builtin_ctzll(word), length = 2;
            if (place >= step && packed_has(set, place - step))
                continue;
            for (int next = place + step; packed_has(set, next); next += step)
                length++;
            packed_sizes_move(&c->sizes, c->kernel.level[place], length, length);
        }
}

static bool measure_runs(struct packed_class *c, double *value, int64_t stride)
{
    packed_sizes_kernel(&c->sizes, &c->kernel);
    packed_lanes_clear(&c->lanes);
    for (int i = 0; i < c->directions.n; i++) {
        const int32_t *d = c->directions.offset[i].d;
        uint64_t set[PACKED_PLANES];
        int step = packed_step(d);
        packed_equal(&c->kernel, step, set);
        bool longer = !packed_empty(set);
        if (!longer && !packed_pair(&c->kernel, step) && !packed_line(&c->kernel, d))
            continue;
        packed_sizes_begin(&c->sizes);
        if (longer)
            move_runs(c, set, step);
        packed_sizes_end(&c->sizes);
        packed_lanes_add(&c->lanes, &c->sizes, c->task.arithmetic->added_to_zero);
    }
    for (int i = 0; i < c->task.n; i++)
        value[i * stride] = c->lanes.n ? packed_lanes_mean(&c->lanes, c->formula[i]) : NAN;
    return true;
}

static int formula_of(const struct family *f, int row)
{
    return packed_lanes_way(sizes_formula_of(f, row));
}

const struct packed_way packed_glrlm = {
    .measure = glrlm_measure,
    .directions = true,
    .formula = formula_of,
    .kernel = measure_runs,
};
