#include "graph/workers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void makeflags_are_read_up_to_the_variables(void **state)
{
    (void)state;
    static const struct {
        const char *flags;
        int n;
    } cases[] = {
        {NULL, 0},
        {"", 0},
        {" -j4 --jobserver-auth=3,4", 4},
        {" -j1", 1},
        {"k -j3 --jobserver-auth=3,4 -- OUTDIR=x", 3},
        {" -j", 0},
        {" -j -- X=-j9", 0},
        {" -- OUTDIR=/x -j9", 0},
        {"kw -- OUTDIR=/tmp/a\\ -j7", 0},
        {" -j2 -j5", 5},
        {" -jx", 0},
        {" -j0", 0},
        {"w --no-print-directory -j12 -- A=1 B=2", 12},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(workers_from_makeflags(cases[i].flags), cases[i].n);
}

static const struct workers_input machine = {
    .tasks = 100, .cores = 16, .memory_mb = 1e5, .task_mb = 200};

static void automatic_is_half_the_tasks_and_four_at_most(void **state)
{
    (void)state;
    static const int expected[][2] = {{0, 1}, {1, 1}, {2, 1}, {3, 1},
                                      {4, 2}, {7, 3}, {8, 4}, {99, 4}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct workers_input in = machine;
        in.tasks = expected[i][0];
        assert_int_equal(workers_choose(&in).n, expected[i][1]);
    }
}

/* An allocation is ours alone: all of it is used. */
static void an_allocation_is_used_up(void **state)
{
    (void)state;
    struct workers_input in = machine;
    in.allocated = 12;
    assert_int_equal(workers_choose(&in).n, 12);
    assert_string_equal(workers_choose(&in).why, "the allocation");
    in.memory_mb = 1000;
    assert_int_equal(workers_choose(&in).n, 5);
    in.jobs = 3;
    assert_int_equal(workers_choose(&in).n, 3);
}

static void cores_and_memory_lower_it(void **state)
{
    (void)state;
    struct workers_input in = machine;
    in.cores = 3;
    assert_int_equal(workers_choose(&in).n, 3);
    in.memory_mb = 450;
    assert_int_equal(workers_choose(&in).n, 2);
    in.memory_mb = 10;
    assert_int_equal(workers_choose(&in).n, 1);
}

static void flag_beats_variables_beat_automatic(void **state)
{
    (void)state;
    struct workers_input in = machine;
    in.workers = "7";
    assert_int_equal(workers_choose(&in).n, 7);
    in.use_parallel = "False";
    assert_int_equal(workers_choose(&in).n, 1);
    in.makeflags = " -j5";
    assert_int_equal(workers_choose(&in).n, 5);
    in.jobs = 7; /* radmill's own comes first */
    assert_int_equal(workers_choose(&in).n, 7);
    assert_string_equal(workers_choose(&in).why, "-j");
}

static void variables_that_say_nothing_are_as_if_unset(void **state)
{
    (void)state;
    static const char *const odd[] = {"", "zero", "-3", "0", "2.5", "99999999999"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        struct workers_input in = machine;
        in.workers = odd[i];
        in.use_parallel = "yes";
        assert_int_equal(workers_choose(&in).n, 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makeflags_are_read_up_to_the_variables),
        cmocka_unit_test(automatic_is_half_the_tasks_and_four_at_most),
        cmocka_unit_test(cores_and_memory_lower_it),
        cmocka_unit_test(an_allocation_is_used_up),
        cmocka_unit_test(flag_beats_variables_beat_automatic),
        cmocka_unit_test(variables_that_say_nothing_are_as_if_unset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
