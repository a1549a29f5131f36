#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/csv.h"

static void fields_come_back(void **state)
{
    (void)state;
    static const char *const field[] = {"plain", "",        "a,b",      "say \"hi\"", "two\nlines",
                                        " edge", "\r\nend", "\xc3\xa4", "\"\"",       ","};
    enum { N = sizeof field / sizeof *field };
    struct str text = {0};
    for (int record = 0; record < 2; record++) {
        for (int i = 0; i < N; i++)
            csv_add(&text, field[i], i == 0);
        str_add(&text, record ? "\r\n" : "\n");
    }
    const char *at = str_text(&text);
    struct str_list out = {0};
    for (int record = 0; record < 2; record++) {
        assert_true(csv_record(&at, &out));
        assert_int_equal(out.n, N);
        for (int i = 0; i < N; i++)
            assert_string_equal(out.item[i], field[i]);
    }
    assert_false(csv_record(&at, &out));
    str_list_free(&out);
    str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fields_come_back)};
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
