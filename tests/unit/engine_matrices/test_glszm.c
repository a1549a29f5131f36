#include "naive.h"

#include "engine/matrices/gldzm.h"
#include "engine/matrices/glszm.h"

/* Flood fill with a stack; a filled voxel is marked, not erased. distance NULL: zones by their
 * size, else by the least distance of their voxels. */
static double *naive_zones(const struct naive *v, const struct directions *half,
                           const uint16_t *distance, int64_t stride)
{
    int64_t n = v->size[0] * v->size[1] * v->size[2];
    double *table = calloc((size_t)((v->n_levels + 1) * stride), sizeof *table);
    int64_t *stack = calloc((size_t)n, sizeof *stack);
    bool *done = calloc((size_t)n, sizeof *done);
    assert_true(table && stack && done);
    for (int64_t seed = 0; seed < n; seed++) {
        if (!v->level[seed] || done[seed])
            continue;
        int64_t size = 0, top = 0, least = INT64_MAX;
        stack[top++] = seed;
        done[seed] = true;
        while (top) {
            int64_t at = stack[--top];
            int64_t p[3] = {at % v->size[0], at / v->size[0] % v->size[1],
                            at / v->size[0] / v->size[1]};
            size++;
            if (distance && distance[at] < least)
                least = distance[at];
            for (int k = 0; k < 2 * half->n; k++) {
                int sign = k % 2 ? 1 : -1;
                const int32_t *d = half->offset[k / 2].d;
                if (naive_near(v, p, d, sign) != v->level[seed])
                    continue;
                int64_t to = at + sign * (d[0] + v->size[0] * (d[1] + v->size[1] * d[2]));
                if (!done[to])
                    stack[top++] = to;
                done[to] = true;
            }
        }
        table[v->level[seed] * stride + (distance ? least : size)]++;
    }
    free(stack);
    free(done);
    return table;
}

static void equals_flood_fill(void **state)
{
    (void)state;
    static const int32_t levels[] = {1, 2, 3, 5, 14, 255, 256, 600};
    double one[] = {1};
    for (int round = 0; round < 200; round++) {
        struct naive v = naive_create(round % 9 ? 10 : 24, levels[round % 8]);
        struct directions d;
        struct err e;
        if (directions_create(v.tight.size, one, 1, (int)naive_random(6) - 3, DIRECTIONS_HALF, &d,
                              &e)) {
            struct codes c = naive_codes(&v, &d, CODES_DENSE);
            struct cells m = {0};
            double *table = naive_zones(&v, &d, NULL, c.n_voxels + 1);
            for (int wide = 0; wide < 2; wide++) {
                assert_true(glszm_count(&c, &d, &m, &e));
                naive_equal(&m, &c, table, v.n_levels + 1, c.n_voxels + 1, false);
                naive_widen(&c);
            }
            free(table);
            cells_free(&m);
            codes_free(&c);
            directions_free(&d);
        }
        naive_free(&v);
    }
}

/* Steps from voxel to voxel out of the mask or the box, looked for among all voxels outside. */
static int64_t naive_distance(const uint8_t *mask, const int64_t size[3], int flat,
                              const int64_t p[3])
{
    int64_t least = INT64_MAX, q[3];
    for (q[2] = -1; q[2] <= size[2]; q[2]++)
        for (q[1] = -1; q[1] <= size[1]; q[1]++)
            for (q[0] = -1; q[0] <= size[0]; q[0]++) {
                int64_t steps = 0;
                bool beyond = false;
                for (int a = 0; a < 3; a++) {
                    steps += llabs(p[a] - q[a]);
                    beyond = beyond || q[a] < 0 || q[a] == size[a];
                }
                bool outside = beyond || !mask[q[0] + size[0] * (q[1] + size[1] * q[2])];
                if (outside && (flat < 0 || p[flat] == q[flat]) && steps < least)
                    least = steps;
            }
    return least;
}

static void distances_are_the_fewest_steps_out(void **state)
{
    (void)state;
    for (int round = 0; round < 120; round++) {
        struct naive v = naive_create(9, 3);
        int64_t n = v.size[0] * v.size[1] * v.size[2], p[3];
        uint8_t *mask = calloc((size_t)n, 1);
        uint16_t *distance = calloc((size_t)n, sizeof *distance);
        assert_true(mask && distance);
        for (int64_t i = 0; i < n; i++)
            mask[i] = v.level[i] > 0;
        for (int flat = -1; flat < 3; flat++) {
            memset(distance, 0x55, (size_t)n * sizeof *distance);
            border_distances(mask, v.size, flat, distance);
            for (int64_t i = 0; i < n; i++) {
                p[0] = i % v.size[0];
                p[1] = i / v.size[0] % v.size[1];
                p[2] = i / v.size[0] / v.size[1];
                assert_int_equal(distance[i], mask[i] ? naive_distance(mask, v.size, flat, p) : 0);
            }
        }
        free(mask);
        free(distance);
        naive_free(&v);
    }
}

/* Distances of any kind: of each voxel of the box, as the runs of its codes have them. */
static void zones_have_their_least_distance(void **state)
{
    (void)state;
    double one[] = {1};
    for (int round = 0; round < 120; round++) {
        struct naive v = naive_create(12, 1 + round % 20 * 40);
        int64_t n = v.size[0] * v.size[1] * v.size[2];
        struct directions d;
        struct err e;
        if (directions_create(v.tight.size, one, 1, -1, DIRECTIONS_HALF, &d, &e)) {
            struct codes c = naive_codes(&v, &d, CODES_DENSE);
            struct cells m = {0};
            enum { FURTHEST = 200 }; /* beyond what zones are counted to in a table */
            uint16_t *distance = calloc((size_t)n, sizeof *distance);
            const uint16_t **of_run = calloc((size_t)c.n_runs, sizeof *of_run);
            assert_true(distance && of_run);
            for (int64_t i = 0; i < n; i++)
                distance[i] = (uint16_t)(1 + naive_random(round % 2 ? FURTHEST : 5));
            for (int64_t r = 0; r < c.n_runs; r++)
                of_run[r] = distance + v.outline.run[r].start;
            double *table = naive_zones(&v, &d, distance, FURTHEST + 1);
            assert_true(gldzm_count(&c, &d, of_run, &m, &e));
            naive_equal(&m, &c, table, v.n_levels + 1, FURTHEST + 1, false);
            free(table);
            free(distance);
            free(of_run);
            cells_free(&m);
            codes_free(&c);
            directions_free(&d);
        }
        naive_free(&v);
    }
}

/* Every voxel is a level of its own, but for pairs: more rows than a table of small zones has. */
static void counts_zones_of_very_many_levels(void **state)
{
    (void)state;
    enum { SIDE = 80, N = SIDE * SIDE * SIDE };
    double one[] = {1};
    struct naive v = {.size = {SIDE, SIDE, SIDE}, .n_levels = N};
    struct directions d;
    struct err e;
    struct cells m = {0};
    v.level = calloc(N, sizeof *v.level);
    assert_non_null(v.level);
    for (int i = 0; i < N; i++)
        v.level[i] = (uint32_t)(i % 20 == 1 ? i : i + 1);
    naive_outline(&v);
    assert_true(directions_create(v.tight.size, one, 1, -1, DIRECTIONS_HALF, &d, &e));
    struct codes c = naive_codes(&v, &d, CODES_DENSE);
    assert_int_equal(c.width, 4);
    assert_true(glszm_count(&c, &d, &m, &e));
    int64_t pairs = 0;
    for (int64_t k = 0; k < m.n; k++) {
        assert_true(m.cell[k].value == 1);
        assert_int_equal(m.cell[k].col, c.level[m.cell[k].row] % 20 == 1 ? 2 : 1);
        pairs += m.cell[k].col == 2;
    }
    assert_int_equal(pairs, N / 20);
    assert_int_equal(m.n, N - N / 20);
    cells_free(&m);
    codes_free(&c);
    directions_free(&d);
    naive_free(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_zones_of_very_many_levels),
        cmocka_unit_test(equals_flood_fill),
        cmocka_unit_test(distances_are_the_fewest_steps_out),
        cmocka_unit_test(zones_have_their_least_distance),
    };
    return cmocka_run_group_tests_name("glszm", tests, NULL, NULL);
}
