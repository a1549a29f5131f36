#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shim/decimals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool parse(const char *text, size_t expected, double *out)
{
    assert_int_equal(decimals_count(text, strlen(text)), expected);
    return decimals_parse(text, strlen(text), out);
}

static void lists_are_read(void **state)
{
    (void)state;
    double v[8];
    assert_true(parse("-249.51171875\\ 3\\+.5 \\1e2\\-0", 5, v));
    assert_true(v[0] == -249.51171875 && v[1] == 3 && v[2] == 0.5 && v[3] == 100 && v[4] == 0);
    assert_true(parse("7 ", 1, v) && v[0] == 7);
    assert_true(parse("", 0, v));
    assert_true(parse("  ", 0, v));
}

/* The fast way and strtod agree to the last bit. */
static void numbers_round_correctly(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 200000; i++) {
        char text[64];
        double v;
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        int places = (int)(seed >> 60);
        snprintf(text, sizeof text, "%.*f", places, (double)(int64_t)seed / 1e15);
        assert_true(parse(text, 1, &v));
        assert_true(v == strtod(text, NULL));
    }
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"x",   "1\\\\2", "1,5",  "--1", ".",   "nan",
                                        "inf", "1e999",  "0x10", "1 2", "\\1", "1e"};
    double v[4];
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(decimals_parse(wrong[i], strlen(wrong[i]), v));
    assert_true(decimals_parse("123456789012345678901234567890", 30, v));
    assert_true(v[0] == 123456789012345678901234567890.0);
}

static void decimals_that_are_shown(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int decimals;
    } row[] = {{"", 0},          {"1", 0},       {"-30.0", 1},  {"1\\2.25\\3", 2},
               {"1.50000 ", 5},  {"1.25e1", 1},  {"125e-2", 2}, {"1.5E+3", 0},
               {"1e-3\\0.1", 3}, {"a.b\\.5", 1}, {"\\\\", 0},   {"1.e", 0}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_int_equal(decimals_shown(row[i].text, strlen(row[i].text)), row[i].decimals);
}

static void one_empty_value_behind_triples_is_dropped(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool drops;
    } row[] = {{"1\\2\\3\\", true},    {"1\\2\\3\\ ", true}, {"1\\2\\3", false}, {"1\\2\\", false},
               {"1\\2\\3\\\\", false}, {"\\", false},        {"", false}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        size_t n = strlen(row[i].text);
        assert_int_equal(decimals_drop_empty_last(row[i].text, &n), row[i].drops);
        assert_int_equal(n, row[i].drops ? 5 : strlen(row[i].text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_read),
        cmocka_unit_test(decimals_that_are_shown),
        cmocka_unit_test(one_empty_value_behind_triples_is_dropped),
        cmocka_unit_test(numbers_round_correctly),
        cmocka_unit_test(what_is_no_number_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
