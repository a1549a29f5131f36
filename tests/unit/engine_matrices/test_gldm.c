#include "naive.h"

#include "engine/matrices/gldm.h"

static double *naive_gldm(const struct naive *v, const struct directions *both, int64_t alpha,
                          int64_t stride)
{
    double *table = calloc((size_t)((v->n_levels + 1) * stride), sizeof *table);
    assert_non_null(table);
    for (int64_t z = 0; z < v->size[2]; z++)
        for (int64_t y = 0; y < v->size[1]; y++)
            for (int64_t x = 0; x < v->size[0]; x++) {
                int64_t p[3] = {x, y, z}, size = 1, mine = naive_at(v, x, y, z);
                for (int k = 0; k < both->n && mine; k++) {
                    int64_t other = naive_near(v, p, both->offset[k].d, 1);
                    size += other && llabs(other - mine) <= alpha;
                }
                if (mine)
                    table[mine * stride + size]++;
            }
    return table;
}

static void compare(const struct naive *v, const double *distance, int n, int flat, int64_t alpha)
{
    struct directions d;
    struct err e;
    if (!directions_create(v->tight.size, distance, n, flat, DIRECTIONS_BOTH, &d, &e))
        return;
    struct codes c = naive_codes(v, &d, alpha || naive_random(2) ? CODES_LEVELS : CODES_DENSE);
    struct cells m = {0};
    double *table = naive_gldm(v, &d, alpha, d.n + 2);
    for (int wide = 0; wide < 2; wide++) {
        assert_true(gldm_count(&c, &d, alpha, &m, &e));
        naive_equal(&m, &c, table, v->n_levels + 1, d.n + 2, false);
        naive_widen(&c);
    }
    free(table);
    cells_free(&m);
    codes_free(&c);
    directions_free(&d);
}

static void equals_naive(void **state)
{
    (void)state;
    static const int32_t levels[] = {1, 2, 3, 5, 14, 70, 255, 256, 600};
    static const double distance[] = {1, 2, 3, 5};
    static const int64_t alpha[] = {0, 0, 0, 1, 3, 100, 1000};
    for (int round = 0; round < 220; round++) {
        struct naive v = naive_create(round % 10 ? 11 : 40, levels[round % 9]);
        int from = (int)naive_random(3), n = 1 + (int)naive_random(4 - from);
        if (round % 10 == 0)
            from = 0, n = 1;
        compare(&v, distance + from, n, (int)naive_random(6) - 3, alpha[round % 7]);
        naive_free(&v);
    }
}

static void equals_naive_with_more_levels_than_two_bytes_hold(void **state)
{
    (void)state;
    double one[] = {1};
    struct naive v = naive_create(12, 70000);
    for (int i = 0; i < 3; i++)
        compare(&v, one, 1, i - 1, 1 + 33000 * i);
    naive_free(&v);
}

/* More than 255 dependences, a distance listed twice. */
static void equals_naive_far_and_repeated(void **state)
{
    (void)state;
    static const double far[] = {1, 2, 3, 4}, twice[] = {1, 1};
    for (int round = 0; round < 12; round++) {
        struct naive v = naive_create(9, 1 + round % 2);
        compare(&v, far, 4, -1, round % 3);
        compare(&v, twice, 2, -1, round % 3);
        naive_free(&v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_naive),
        cmocka_unit_test(equals_naive_with_more_levels_than_two_bytes_hold),
        cmocka_unit_test(equals_naive_far_and_repeated),
    };
    return cmocka_run_group_tests_name("gldm", tests, NULL, NULL);
}
