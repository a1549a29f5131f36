/* Samples side by side against samples one by one: the same bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/num.h"
#include "engine/features/sort_lanes.h"
#include "engine/features/sums.h"
#include "engine/features/sums_lanes.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { MOST = 343 };

static uint64_t state = 88172645463325252ull;

static uint64_t drawn(void)
{
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state >> 11;
}

static double *lane_of(struct eight *x, int lane)
{
    return (double *)x + lane;
}

/* Tenths, so that sums are rounded; a quarter has no value. */
static void draw(struct eight *x, double alone[SIMD_LANES][MOST], int n)
{
    for (int lane = 0; lane < SIMD_LANES; lane++)
        for (int i = 0; i < n; i++) {
            alone[lane][i] = drawn() % 4 ? (double)(drawn() % 2001) / 10 - 100 : NAN;
            *lane_of(&x[i], lane) = alone[lane][i];
        }
}

static void check_lane(struct eight (*sum)[SUMS_MOST], int lane, const double *x, int n,
                       const struct window *w)
{
    struct power_sums power = sums_powers(x, n, w);
    struct central_sums central = sums_central(x, n, w);
    double deviation = sums_deviation(x, n, w);
    const double expected[] = {power.n,           power.first,    power.shifted_second,
                               central.deviation, central.second, central.third,
                               central.fourth,    deviation};
    const double got[] = {*lane_of(&sum[0][0], lane), *lane_of(&sum[0][1], lane),
                          *lane_of(&sum[0][2], lane), *lane_of(&sum[1][0], lane),
                          *lane_of(&sum[1][1], lane), *lane_of(&sum[1][2], lane),
                          *lane_of(&sum[1][3], lane), *lane_of(&sum[2][0], lane)};
    assert_memory_equal(got, expected, sizeof got);
}

static void sums_are_those_of_each_sample(void **unused)
{
    (void)unused;
    static struct eight x[MOST], sum[3][SUMS_MOST];
    static double alone[SIMD_LANES][MOST];
    for (int n = 1; n <= MOST; n += n < 40 ? 1 : 7) {
        struct window window[SIMD_LANES];
        struct lane_windows lanes = {.shift = 0.7};
        draw(x, alone, n);
        for (int lane = 0; lane < SIMD_LANES; lane++) {
            bool all = lane % 2;
            window[lane] = (struct window){.lo = all ? -DBL_MAX : -50.1,
                                           .hi = all ? DBL_MAX : 60.2,
                                           .shift = 0.7,
                                           .mean = (double)lane / 7};
            *lane_of(&lanes.lo, lane) = window[lane].lo;
            *lane_of(&lanes.hi, lane) = window[lane].hi;
            *lane_of(&lanes.mean, lane) = window[lane].mean;
        }
        sums_lanes(SUMS_POWERS, x, n, &lanes, sum[0]);
        sums_lanes(SUMS_CENTRAL, x, n, &lanes, sum[1]);
        sums_lanes(SUMS_DEVIATION, x, n, &lanes, sum[2]);
        for (int lane = 0; lane < SIMD_LANES; lane++)
            check_lane(sum, lane, alone[lane], n, &window[lane]);
    }
}

static void each_lane_is_sorted(void **unused)
{
    (void)unused;
    static sort_row x[MOST];
    static double alone[SORT_LANES][MOST];
    for (int n = 1; n <= MOST; n++) {
        for (int i = 0; i < n; i++)
            for (int lane = 0; lane < SORT_LANES; lane++)
                alone[lane][i] = x[i][lane] = (int16_t)(drawn() % (lane % 2 ? 65536 : 5));
        sort_lanes(x, n);
        for (int lane = 0; lane < SORT_LANES; lane++) {
            qsort(alone[lane], (size_t)n, sizeof(double), num_ascending);
            for (int i = 0; i < n; i++)
                assert_int_equal(x[i][lane], (int)alone[lane][i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_those_of_each_sample),
        cmocka_unit_test(each_lane_is_sorted),
    };
    return cmocka_run_group_tests_name("lanes", tests, NULL, NULL);
}
