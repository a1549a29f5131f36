#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/pairwise.h"

#include <stdlib.h>

/* The sums of 1, 1/2, 1/3, ... in float64 and float32 equal numpy.sum's (NumPy 1.26) to the last
 * bit. */
static void equals_numpy(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        double sum, sum_single;
    } row[] = {
        {1, 0x1.0000000000000p+0, 0x1.0000000000000p+0},
        {7, 0x1.4be2be2be2be2p+1, 0x1.4be2c00000000p+1},
        {20, 0x1.cc82bbab7a28bp+1, 0x1.cc82be0000000p+1},
        {300, 0x1.92172a3e6965ap+2, 0x1.92172e0000000p+2},
        {9000, 0x1.35d500353fc3bp+3, 0x1.35d5040000000p+3},
        {70001, 0x1.7778bb046bc7fp+3, 0x1.7778c00000000p+3},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        double *x = malloc((size_t)row[i].n * sizeof *x);
        assert_non_null(x);
        for (int64_t k = 0; k < row[i].n; k++)
            x[k] = 1.0 / (double)(k + 1);
        assert_true(pairwise_sum(x, row[i].n, false) == row[i].sum);
        for (int64_t k = 0; k < row[i].n; k++)
            x[k] = (float)x[k];
        assert_true(pairwise_sum(x, row[i].n, true) == row[i].sum_single);
        free(x);
    }
}

static void is_zero_of_nothing(void **state)
{
    (void)state;
    assert_true(pairwise_sum(NULL, 0, false) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_numpy),
        cmocka_unit_test(is_zero_of_nothing),
    };
    return cmocka_run_group_tests_name("pairwise sums", tests, NULL, NULL);
}
