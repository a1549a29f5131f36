/* Dependences of packed kernels: the bytes of each neighbour are compared with those of the kernel,
 * and the equal ones counted in bytes. */
#include "engine/packed/packed_work.h"

#include "base/simd.h"

#include <string.h>

/* How many neighbours on both sides along step[n] have the level of each place; of places that hold
 * nothing, anything. */
SIMD_CLONES static void count_equal(const uint8_t *restrict level, int64_t rows, const int *step,
                                    int n, uint8_t *restrict out)
{
    typedef uint8_t bytes __attribute__((vector_size(32)));
    for (int64_t at = 0; at < 8 * rows; at += (int64_t)sizeof(bytes)) {
        bytes here, there, sum = {0};
        memcpy(&here, level + at, sizeof here);
        for (int i = 0; i < n; i++) {
            memcpy(&there, level + at + step[i], sizeof there);
            sum -= (bytes)(here == there);
            memcpy(&there, level + at - step[i], sizeof there);
            sum -= (bytes)(here == there);
        }
        memcpy(out + at, &sum, sizeof sum);
    }
}

static bool measure_dependences(struct packed_class *c, double *value, int64_t stride)
{
    const struct packed_kernel *k = &c->kernel;
    int step[PACKED_DIRECTIONS];
    for (int i = 0; i < c->directions.n; i++)
        step[i] = packed_step(c->directions.offset[i].d);
    for (int64_t z = 0; z < k->side[2]; z++)
        count_equal(k->level + 64 * z, k->side[1], step, c->directions.n, c->dependence + 64 * z);
    packed_sizes_kernel(&c->sizes, k);
    packed_lanes_clear(&c->lanes);
    packed_sizes_begin(&c->sizes);
    for (int i = 0; i < k->n; i++) {
        int place = k->place[i], size = c->dependence[place] + 1;
        if (size > 1)
            packed_sizes_move(&c->sizes, k->level[place], 1, size);
    }
    packed_sizes_end(&c->sizes);
    packed_lanes_add(&c->lanes, &c->sizes, c->task.arithmetic->added_to_zero);
    for (int i = 0; i < c->task.n; i++)
        if (c->formula[i] >= 0)
            value[i * stride] = packed_lanes_mean(&c->lanes, c->formula[i]);
    return true;
}

static bool equal_only(const struct packed_task *t)
{
    return t->settings->gldm_a == 0;
}

static int formula_of(const struct family *f, int row)
{
    return packed_lanes_way(sizes_formula_of(f, row));
}

const struct packed_way packed_gldm = {
    .measure = gldm_measure,
    .fits = equal_only,
    .formula = formula_of,
    .kernel = measure_dependences,
};
