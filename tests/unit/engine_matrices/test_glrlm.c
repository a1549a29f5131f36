#include "naive.h"

#include "engine/matrices/glrlm.h"

enum { LONGEST = 400 };

/* Runs from each voxel that continues none; empty when no line holds two ROI voxels. */
static double *naive_glrlm(const struct naive *v, const int32_t d[3])
{
    double *table = calloc((size_t)((v->n_levels + 1) * LONGEST), sizeof *table);
    assert_non_null(table);
    bool aligned = false;
    for (int64_t z = 0; z < v->size[2]; z++)
        for (int64_t y = 0; y < v->size[1]; y++)
            for (int64_t x = 0; x < v->size[0]; x++) {
                int64_t p[3] = {x, y, z}, length = 1;
                uint32_t mine = naive_at(v, x, y, z);
                if (!mine)
                    continue;
                for (int64_t k = 1; naive_inside(v, p, d, k); k++)
                    aligned = aligned || naive_near(v, p, d, k);
                if (naive_near(v, p, d, -1) == mine)
                    continue;
                while (naive_near(v, p, d, length) == mine)
                    length++;
                table[mine * LONGEST + length]++;
            }
    if (!aligned)
        memset(table, 0, (size_t)((v->n_levels + 1) * LONGEST) * sizeof *table);
    return table;
}

static void compare_codes(const struct naive *v, const struct codes *c, const struct directions *d)
{
    struct glrlm g;
    struct cells m = {0};
    struct err e;
    assert_true(glrlm_open(&g, c, d, false, &e));
    for (int i = 0; i < d->n; i++) {
        double *table = naive_glrlm(v, d->offset[i].d);
        assert_true(glrlm_matrix(&g, i, &m, &e));
        naive_equal(&m, c, table, v->n_levels + 1, LONGEST, false);
        free(table);
    }
    glrlm_close(&g);
    cells_free(&m);
}

static void compare(const struct naive *v, int flat)
{
    double one[] = {1};
    struct directions d;
    struct err e;
    if (!directions_create(v->tight.size, one, 1, flat, DIRECTIONS_HALF, &d, &e))
        return;
    struct codes c = naive_codes(v, &d, CODES_DENSE);
    compare_codes(v, &c, &d);
    naive_widen(&c);
    compare_codes(v, &c, &d);
    codes_free(&c);
    directions_free(&d);
}

static void equals_naive(void **state)
{
    (void)state;
    static const int32_t levels[] = {1, 2, 3, 5, 14, 40, 255, 256, 600};
    for (int round = 0; round < 180; round++) {
        struct naive v = naive_create(round % 7 ? 12 : 40, levels[round % 9]);
        compare(&v, (int)naive_random(6) - 3);
        naive_free(&v);
    }
}

/* A side beyond 255 voxels: positions in a run no longer fit a byte. */
static void equals_naive_on_long_runs(void **state)
{
    (void)state;
    for (int axis = 0; axis < 3; axis++)
        for (int32_t levels = 1; levels < 400; levels += 299) {
            struct naive v = {.size = {3, 3, 3}, .n_levels = levels};
            v.size[axis] = 300;
            v.level = calloc(2700, sizeof *v.level);
            assert_non_null(v.level);
            for (int i = 0; i < 2700; i++)
                v.level[i] = i % 997 == 996 ? 0 : (uint32_t)levels;
            naive_outline(&v);
            compare(&v, -1);
            naive_free(&v);
        }
}

/* Too many levels for a table. */
static void equals_naive_with_many_levels(void **state)
{
    (void)state;
    struct naive v = {.size = {200, 150, 1}, .n_levels = 30000};
    v.level = calloc(30000, sizeof *v.level);
    assert_non_null(v.level);
    for (int i = 0; i < 30000; i++)
        v.level[i] = (uint32_t)(i % 5 ? i + 1 : i); /* pairs of equal neighbours */
    naive_outline(&v);
    compare(&v, -1);
    naive_free(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_naive),
        cmocka_unit_test(equals_naive_on_long_runs),
        cmocka_unit_test(equals_naive_with_many_levels),
    };
    return cmocka_run_group_tests_name("glrlm", tests, NULL, NULL);
}
