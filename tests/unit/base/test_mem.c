/* Big blocks: zeros where they are promised, also in a block that is given out again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"

#include <string.h>

static bool all_zero(const unsigned char *p, size_t n)
{
    unsigned char any = 0;
    for (size_t i = 0; i < n; i++)
        any |= p[i];
    return any == 0;
}

static void zeros_whatever_was_there(void **state)
{
    (void)state;
    static const size_t sizes[] = {1,       1000,    1 << 20, 1100000, 2097088, 2097152,
                                   2097153, 3000000, 5000000, 9000000, 20000000};
    struct err e;
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            unsigned char *p = mem_big(sizes[i], 1, &e), *q = mem_big_unset(sizes[i], 1, &e);
            assert_non_null(p);
            assert_non_null(q);
            assert_true(all_zero(p, sizes[i]));
            assert_int_equal((uintptr_t)p % 64, 0);
            assert_int_equal((uintptr_t)q % 64, 0);
            memset(q, 0xff, sizes[i]);
            assert_true(all_zero(p, sizes[i]));
            memset(p, 0xff, sizes[i]);
            mem_big_free(p);
            mem_big_free(q);
        }
    mem_big_trim();
    mem_big_trim();
}

/* More blocks at once than are kept, each its own. */
static void blocks_do_not_overlap(void **state)
{
    (void)state;
    enum { BLOCKS = 12, BYTES = 1 << 21 };
    unsigned char *block[BLOCKS];
    struct err e;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < BLOCKS; i++) {
            block[i] = mem_big_unset(BYTES + (size_t)i * 1000, 1, &e);
            assert_non_null(block[i]);
            memset(block[i], i + 1, BYTES + (size_t)i * 1000);
        }
        for (int i = 0; i < BLOCKS; i++) {
            assert_int_equal(block[i][0], i + 1);
            assert_int_equal(block[i][BYTES + i * 1000 - 1], i + 1);
        }
        for (int i = 0; i < BLOCKS; i++)
            mem_big_free(block[i]);
    }
    mem_big_free(NULL);
    mem_big_trim();
}

static void too_much_is_an_error(void **state)
{
    (void)state;
    struct err e;
    assert_null(mem_big(SIZE_MAX / 2, 4, &e));
    assert_null(mem_big_unset(SIZE_MAX / 2, 4, &e));
    assert_int_equal(e.code, ERR_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeros_whatever_was_there),
        cmocka_unit_test(blocks_do_not_overlap),
        cmocka_unit_test(too_much_is_an_error),
    };
    return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
