#include "naive.h"

#include "engine/matrices/ngtdm.h"

#include <math.h>

static void naive_ngtdm(const struct naive *v, const struct directions *both, int64_t *n, double *s)
{
    for (int64_t z = 0; z < v->size[2]; z++)
        for (int64_t y = 0; y < v->size[1]; y++)
            for (int64_t x = 0; x < v->size[0]; x++) {
                int64_t p[3] = {x, y, z}, sum = 0, count = 0, mine = naive_at(v, x, y, z);
                for (int k = 0; k < both->n && mine; k++) {
                    int64_t other = naive_near(v, p, both->offset[k].d, 1);
                    sum += other;
                    count += other != 0;
                }
                n[mine] += mine != 0;
                s[mine] += count ? fabs((double)mine - (double)sum / (double)count) : 0;
            }
}

static void compare(const struct naive *v, const double *distance, int n_distances, int flat)
{
    struct directions d;
    struct err e;
    if (!directions_create(v->tight.size, distance, n_distances, flat, DIRECTIONS_BOTH, &d, &e))
        return;
    struct codes c = naive_codes(v, &d, CODES_LEVELS);
    size_t room = (size_t)v->n_levels + 1;
    int64_t *n = calloc(2 * room, sizeof *n);
    double *s = calloc(2 * room, sizeof *s);
    assert_true(n && s);
    naive_ngtdm(v, &d, n, s);
    assert_true(ngtdm_count(&c, &d, true, n + room, s + room, &e));
    for (size_t l = 1; l < room; l++) {
        assert_true(n[l] == n[room + l]);
        assert_true(fabs(s[l] - s[room + l]) <= 1e-12 * fmax(1, s[l]));
    }
    free(n);
    free(s);
    codes_free(&c);
    directions_free(&d);
}

static void equals_naive(void **state)
{
    (void)state;
    static const int32_t levels[] = {1, 2, 3, 5, 14, 70, 255, 256, 600, 60000, 70000};
    static const double distance[] = {1, 2, 3, 5};
    for (int round = 0; round < 220; round++) {
        struct naive v = naive_create(round % 13 ? 11 : 40, levels[round % 11]);
        int from = (int)naive_random(3), n = 1 + (int)naive_random(4 - from);
        if (round % 13 == 0)
            from = 0, n = 1 + round % 2;
        compare(&v, distance + from, n, (int)naive_random(6) - 3);
        naive_free(&v);
    }
}

static void equals_naive_for_a_repeated_distance(void **state)
{
    (void)state;
    static const double twice[] = {1, 2, 2};
    for (int round = 0; round < 8; round++) {
        struct naive v = naive_create(9, 20);
        compare(&v, twice, 3, -1);
        naive_free(&v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_naive),
        cmocka_unit_test(equals_naive_for_a_repeated_distance),
    };
    return cmocka_run_group_tests_name("ngtdm", tests, NULL, NULL);
}
