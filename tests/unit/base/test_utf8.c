#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

#include <string.h>

static void what_is_well_formed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length; /* of the first sequence */
    } row[] = {{"a", 1},
               {"\x7f", 1},
               {"\xc2\x80", 2},
               {"\xdf\xbf", 2},
               {"\xe0\xa0\x80", 3},
               {"\xed\x9f\xbf", 3},
               {"\xef\xbf\xbf", 3},
               {"\xf0\x90\x80\x80", 4},
               {"\xf4\x8f\xbf\xbf", 4},
               {"\x80", 0},     /* a continuation */
               {"\xc0\x80", 0}, /* longer than needed */
               {"\xc1\xbf", 0},
               {"\xe0\x9f\xbf", 0},
               {"\xf0\x8f\xbf\xbf", 0},
               {"\xed\xa0\x80", 0},     /* half of a surrogate pair */
               {"\xf4\x90\x80\x80", 0}, /* beyond Unicode */
               {"\xf5\x80\x80\x80", 0},
               {"\xe4\xb8", 0}, /* cut off */
               {"\xe4\xb8z", 0},
               {"", 0}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        assert_int_equal(utf8_length(row[i].text, strlen(row[i].text)), row[i].length);
        assert_int_equal(utf8_valid(row[i].text, strlen(row[i].text)),
                         row[i].length > 0 || row[i].text[0] == '\0');
    }
    assert_true(utf8_valid("a\0b", 3));
    assert_false(utf8_valid("ab\xe4", 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_well_formed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
