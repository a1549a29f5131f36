#include "naive.h"

#include "engine/matrices/glszm.h"

/* Flood fill with a stack; a filled voxel is marked, not erased. */
static double *naive_glszm(const struct naive *v, const struct directions *half, int64_t stride)
{
    int64_t n = v->size[0] * v->size[1] * v->size[2];
    double *table = calloc((size_t)((v->n_levels + 1) * stride), sizeof *table);
    int64_t *stack = calloc((size_t)n, sizeof *stack);
    bool *done = calloc((size_t)n, sizeof *done);
    assert_true(table && stack && done);
    for (int64_t seed = 0; seed < n; seed++) {
        if (!v->level[seed] || done[seed])
            continue;
        int64_t size = 0, top = 0;
        stack[top++] = seed;
        done[seed] = true;
        while (top) {
            int64_t at = stack[--top];
            int64_t p[3] = {at % v->size[0], at / v->size[0] % v->size[1],
                            at / v->size[0] / v->size[1]};
            size++;
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
        table[v->level[seed] * stride + size]++;
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
            double *table = naive_glszm(&v, &d, c.n_voxels + 1);
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
    };
    return cmocka_run_group_tests_name("glszm", tests, NULL, NULL);
}
