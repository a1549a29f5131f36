#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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
        struct csv_row row = csv_row_begin(&text);
        for (int i = 0; i < N; i++)
            csv_put(&row, field[i]);
        csv_row_end(&row);
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

/* Every record of up to four fields that are empty or not, behind every kind of text: the fields
 * are counted, whatever they hold. */
static void the_place_of_a_field_does_not_depend_on_its_neighbours(void **state)
{
    (void)state;
    static const char *const before[] = {"", "x\n", "x,"};
    struct str_list out = {0};
    for (int b = 0; b < 3; b++)
        for (int n = 1; n <= 4; n++)
            for (int full = 0; full < 1 << n; full++) {
                struct str text = {0};
                str_add(&text, before[b]);
                struct csv_row row = csv_row_begin(&text);
                for (int i = 0; i < n; i++)
                    csv_put(&row, full >> i & 1 ? "f" : "");
                csv_row_end(&row);
                const char *at = text.text + strlen(before[b]);
                assert_true(csv_record(&at, &out));
                assert_int_equal(out.n, n);
                for (int i = 0; i < n; i++)
                    assert_string_equal(out.item[i], full >> i & 1 ? "f" : "");
                assert_string_equal(at, "");
                str_free(&text);
            }
    str_list_free(&out);
}

static void a_row_of_one_empty_field_is_not_a_blank_line(void **state)
{
    (void)state;
    struct str text = {0};
    struct csv_row row = csv_row_begin(&text);
    csv_put(&row, "");
    csv_row_end(&row);
    row = csv_row_begin(&text); /* and a row of no fields is one */
    csv_row_end(&row);
    assert_string_equal(text.text, "\"\"\n\n");
    str_free(&text);
}

static void both_line_ends_are_read(void **state)
{
    (void)state;
    const char *at = "a,\r\n,b\n\r\n,";
    static const char *const joined[] = {"a|", "|b", "", "|"};
    struct str_list out = {0};
    for (int r = 0; r < 4; r++) {
        struct str text = {0};
        assert_true(csv_record(&at, &out));
        for (size_t i = 0; i < out.n; i++)
            str_addf(&text, "%s%s", i ? "|" : "", out.item[i]);
        assert_string_equal(str_text(&text), joined[r]);
        str_free(&text);
    }
    assert_false(csv_record(&at, &out));
    str_list_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_come_back),
        cmocka_unit_test(the_place_of_a_field_does_not_depend_on_its_neighbours),
        cmocka_unit_test(a_row_of_one_empty_field_is_not_a_blank_line),
        cmocka_unit_test(both_line_ends_are_read),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
