#include "naive.h"

#include "engine/matrices/glcm.h"

static double *naive_glcm(const struct naive *v, const int32_t d[3], bool symmetric)
{
    int64_t stride = v->n_levels + 1;
    double *table = calloc((size_t)(stride * stride), sizeof *table);
    assert_non_null(table);
    for (int64_t z = 0; z < v->size[2]; z++)
        for (int64_t y = 0; y < v->size[1]; y++)
            for (int64_t x = 0; x < v->size[0]; x++) {
                int64_t p[3] = {x, y, z};
                uint32_t a = naive_at(v, x, y, z), b = naive_near(v, p, d, 1);
                if (!a || !b)
                    continue;
                table[a * stride + b]++;
                if (symmetric)
                    table[b * stride + a]++;
            }
    return table;
}

static void compare_codes(const struct naive *v, const struct codes *c, const struct directions *d,
                          bool symmetric)
{
    struct glcm g;
    struct cells m = {0};
    struct err e;
    assert_true(glcm_open(&g, c, d, symmetric, &e));
    for (int i = 0; i < d->n; i++) {
        double *table = naive_glcm(v, d->offset[i].d, symmetric);
        assert_true(glcm_matrix(&g, i, &m, &e));
        naive_equal(&m, c, table, v->n_levels + 1, v->n_levels + 1, true);
        free(table);
    }
    glcm_close(&g);
    cells_free(&m);
}

static void compare(const struct naive *v, const double *distance, int n, int flat, bool symmetric)
{
    struct directions d;
    struct err e;
    if (!directions_create(v->tight.size, distance, n, flat, DIRECTIONS_HALF, &d, &e))
        return;
    struct codes c = naive_codes(v, &d, CODES_DENSE);
    compare_codes(v, &c, &d, symmetric);
    if (v->n_levels < 100) {
        naive_widen(&c);
        compare_codes(v, &c, &d, symmetric);
    }
    codes_free(&c);
    directions_free(&d);
}

static void equals_naive(void **state)
{
    (void)state;
    static const int32_t levels[] = {1, 2, 3, 4, 5, 6, 9, 14, 15, 40, 70, 255, 256, 600};
    static const double distance[] = {1, 2, 3, 7};
    for (int round = 0; round < 200; round++) {
        struct naive v = naive_create(12, levels[round % 14]);
        int from = (int)naive_random(3), n = 1 + (int)naive_random(4 - from);
        if (v.n_levels > 100)
            n = from = 1; /* the naive tables are large */
        compare(&v, distance + from, n, (int)naive_random(6) - 3, naive_random(2));
        naive_free(&v);
    }
}

/* ROIs large enough for every way of counting few levels: symbols of six and of four voxels. */
static void equals_naive_with_few_levels(void **state)
{
    (void)state;
    static const int32_t levels[] = {2, 5, 6, 10, 14, 15};
    static const double distance[] = {1, 2};
    for (int round = 0; round < 6; round++) {
        struct naive v = {.size = {33, 32, 31}, .n_levels = levels[round]};
        v.level = calloc(33 * 32 * 31, sizeof *v.level);
        assert_non_null(v.level);
        for (int i = 0; i < 33 * 32 * 31; i++)
            v.level[i] = naive_random(20) ? (uint32_t)(1 + naive_random(levels[round])) : 0;
        naive_outline(&v);
        compare(&v, distance, 1 + round % 2, round % 3 ? -1 : 1, round % 2);
        naive_free(&v);
    }
}

/* Thousands of levels: pairs are sorted instead of tabulated. */
static void equals_naive_with_many_levels(void **state)
{
    (void)state;
    double one[] = {1};
    for (int round = 0; round < 4; round++) {
        struct naive v = naive_create(14, 2000);
        compare(&v, one, 1, round == 3 ? 2 : -1, round % 2);
        naive_free(&v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_naive),
        cmocka_unit_test(equals_naive_with_few_levels),
        cmocka_unit_test(equals_naive_with_many_levels),
    };
    return cmocka_run_group_tests_name("glcm", tests, NULL, NULL);
}
