/* A cohort in shards: every course with work in exactly one, and logs that are one and many. */
#include "graph/shards.h"
#include "io/atomic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { COURSES = 40 };

/* Courses of which each third has nothing to do, of different cost, and two tables of all. */
static struct edge_cost items[COURSES + 2];
static const struct edge_costs costs = {.item = items, .n = COURSES + 2};

static void make_cohort(struct graph *g)
{
    for (size_t i = 0; i < COURSES; i++) {
        char name[16];
        snprintf(name, sizeof name, "P%zu/C", i);
        str_list_add(&g->courses, name);
        items[i] = (struct edge_cost){
            .cost = 1 + (double)(i * 7 % 11), .course = i + 1, .stale = i % 3 != 0};
        struct edge *x = graph_add(g, "features");
        x->course = i + 1;
        x->predicted_mb = 100 + (double)i;
    }
    items[COURSES] = items[COURSES + 1] = (struct edge_cost){.cost = 5, .stale = true};
}

static void courses_with_work_are_dealt_out_once(void **state)
{
    (void)state;
    struct graph g = {0};
    make_cohort(&g);
    for (size_t most = 1; most < COURSES; most++) {
        struct shards s;
        double load[COURSES + 1] = {0}, lightest = 1e9, heaviest = 0;
        shards_divide(&g, &costs, most, 0, &s);
        size_t busy = COURSES - (COURSES + 2) / 3;
        assert_int_equal(s.n, most < busy ? most : busy);
        for (size_t i = 0; i < COURSES; i++) {
            assert_true(s.of[i] <= s.n);
            assert_int_equal(s.of[i] != 0, i % 3 != 0);
            load[s.of[i]] += items[i].cost;
        }
        for (size_t k = 1; k <= s.n; k++) {
            assert_true(load[k] > 0);
            lightest = load[k] < lightest ? load[k] : lightest;
            heaviest = load[k] > heaviest ? load[k] : heaviest;
        }
        assert_true(heaviest - lightest <= 11); /* no more than the dearest course */
        shards_free(&s);
    }
    graph_free(&g);
}

/* The merge makes it. */
static void a_page_is_no_work(void **state)
{
    (void)state;
    struct graph g = {0};
    struct shards s;
    make_cohort(&g);
    for (size_t i = 0; i < COURSES; i++)
        items[i].kind = items[i].stale && i != 7 ? EDGE_PAGE : EDGE_TABLES;
    shards_divide(&g, &costs, 1000, 0, &s);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.of[7], 1);
    shards_free(&s);
    graph_free(&g);
}

static void minutes_make_fewer(void **state)
{
    (void)state;
    struct graph g = {0};
    struct shards s;
    make_cohort(&g);
    shards_divide(&g, &costs, 1000, 1e6, &s);
    assert_int_equal(s.n, 1);
    double all_s = s.work_s;
    shards_free(&s);
    shards_divide(&g, &costs, 1000, all_s / 5.5, &s);
    assert_int_equal(s.n, 5);
    shards_free(&s);
    for (size_t i = 0; i < COURSES; i++)
        items[i].stale = false;
    shards_divide(&g, &costs, 1000, 0, &s);
    assert_int_equal(s.n, 0);
    shards_free(&s);
    graph_free(&g);
}

static void memory_is_of_the_largest_that_run_at_once(void **state)
{
    (void)state;
    struct graph g = {0};
    struct shards s;
    make_cohort(&g);
    shards_divide(&g, &costs, 1, 0, &s);
    assert_true(shards_memory_mb(&g, &s, 1, 1e9) == 138); /* course 39 has no work */
    assert_true(shards_memory_mb(&g, &s, 3, 1e9) == 138 + 137 + 135);
    assert_true(shards_memory_mb(&g, &s, 3, 200) == 200);
    assert_true(shards_memory_mb(&g, &s, 3, 90) == 138); /* one must fit */
    shards_free(&s);
    graph_free(&g);
}

static void write_text(const char *path, const char *text)
{
    assert_true(out_write(path, text, strlen(text), false, NULL));
}

static void assert_text(const char *path, const char *expected)
{
    size_t bytes;
    char *text = file_read(path, 1 << 16, &bytes, NULL);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

/* The last entry of an output counts, whichever log has it; cut lines and other forms do not. */
static void logs_are_joined_and_divided(void **state)
{
    (void)state;
    struct ninja_log log = {0};
    struct str_list some = {0};
    char folder[] = "/tmp/radmill-shards-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    write_text("a", "# ninja log v5\n1\t2\t30\tx\tnew\n1\t2\t10\ty\told\n1\t2\t5\tonly\n");
    write_text("b", "# ninja log v5\n1\t2\t20\tx\told\n1\t2\t40\ty\tnew\n1\t2\t7\tz\tcut");
    write_text("c", "# ninja log v7\n1\t2\t99\tx\tother\n");
    ninja_log_write(&log, NULL, "nothing", NULL);
    assert_int_equal(access("nothing", F_OK), -1);
    for (const char *const *name = (const char *const[]){"a", "b", "c", "absent", NULL}; *name;
         name++)
        ninja_log_add(&log, *name);
    ninja_log_finish(&log);
    assert_true(ninja_log_write(&log, NULL, "all", NULL));
    assert_text("all", "# ninja log v5\n1\t2\t30\tx\tnew\n1\t2\t40\ty\tnew\n");
    str_list_add(&some, "a");
    str_list_add(&some, "y");
    str_list_add(&some, "z");
    assert_true(ninja_log_write(&log, &some, "some", NULL));
    assert_text("some", "# ninja log v5\n1\t2\t40\ty\tnew\n");
    for (const char *const *name = (const char *const[]){"a", "b", "c", "all", "some", NULL}; *name;
         name++)
        unlink(*name);
    assert_int_equal(chdir("/"), 0);
    rmdir(folder);
    str_list_free(&some);
    ninja_log_free(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(courses_with_work_are_dealt_out_once),
        cmocka_unit_test(a_page_is_no_work),
        cmocka_unit_test(minutes_make_fewer),
        cmocka_unit_test(memory_is_of_the_largest_that_run_at_once),
        cmocka_unit_test(logs_are_joined_and_divided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
