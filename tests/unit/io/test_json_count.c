#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "io/json_count.h"

static void the_largest_count_comes_first_and_equal_ones_by_text(void **state)
{
    (void)state;
    static const char *const text[] = {"lung", "heart", "", "lung", "cord", "heart", "lung"};
    static const struct json_count expected[] = {{"lung", 3}, {"heart", 2}, {"", 1}, {"cord", 1}};
    json_t *counts = json_object();
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        json_count(counts, text[i]);
    size_t n;
    struct json_count *list = json_counts_most_first(counts, &n);
    assert_int_equal(n, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(list[i].text, expected[i].text);
        assert_int_equal(list[i].n, expected[i].n);
    }
    free(list);
    json_decref(counts);
}

static void text_that_is_no_utf8_is_counted_too(void **state)
{
    (void)state;
    json_t *counts = json_object();
    json_count(counts, "Hypophyse \xe4");
    json_count(counts, "Hypophyse \xe4");
    size_t n;
    struct json_count *list = json_counts_most_first(counts, &n);
    assert_int_equal(n, 1);
    assert_string_equal(list[0].text, "Hypophyse \xef\xbf\xbd");
    assert_int_equal(list[0].n, 2);
    free(list);
    json_decref(counts);
}

static void nothing_counted_is_an_empty_list(void **state)
{
    (void)state;
    json_t *counts = json_object();
    size_t n = 1;
    struct json_count *list = json_counts_most_first(counts, &n);
    assert_non_null(list);
    assert_int_equal(n, 0);
    free(list);
    json_decref(counts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_largest_count_comes_first_and_equal_ones_by_text),
        cmocka_unit_test(text_that_is_no_utf8_is_counted_too),
        cmocka_unit_test(nothing_counted_is_an_empty_list),
    };
    return cmocka_run_group_tests_name("json_count", tests, NULL, NULL);
}
