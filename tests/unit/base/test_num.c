#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/num.h"

#include <math.h>

/* Expected texts were printed by Python's repr. */
static void formats_like_python(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } row[] = {
        {0.0, "0.0"},          {-0.0, "-0.0"},
        {1.0, "1.0"},          {0.1, "0.1"},
        {100.0, "100.0"},      {1e15, "1000000000000000.0"},
        {1e16, "1e+16"},       {123456789012345680.0, "1.2345678901234568e+17"},
        {0.0001, "0.0001"},    {0.00001, "1e-05"},
        {-2.5e-7, "-2.5e-07"}, {1e100, "1e+100"},
        {5e-324, "5e-324"},    {1.7976931348623157e308, "1.7976931348623157e+308"},
        {NAN, "nan"},          {INFINITY, "inf"},
        {-INFINITY, "-inf"},   {2.0 / 3.0, "0.6666666666666666"},
    };
    char text[NUM_TEXT];
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_string_equal(num_format(row[i].value, text), row[i].text);
}

static void reads_back_equal(void **state)
{
    (void)state;
    uint64_t bits = 88172645463325252ull;
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
        double value = ldexp((double)(bits >> 11), (int)(bits % 600) - 300), back;
        char text[NUM_TEXT];
        assert_true(num_parse_double(num_format(value, text), &back));
        assert_true(value == back);
    }
}

static void refuses_what_is_no_number(void **state)
{
    (void)state;
    double d;
    int64_t i;
    assert_false(num_parse_double("", &d));
    assert_false(num_parse_double("1x", &d));
    assert_false(num_parse_double(" 1", &d));
    assert_false(num_parse_double("0x10", &d));
    assert_false(num_parse_double("1e999", &d));
    assert_false(num_parse_int("1.0", &i));
    assert_false(num_parse_int("9223372036854775808", &i));
    assert_false(num_parse_int("-", &i));
    assert_true(num_parse_int("-9223372036854775808", &i) && i == INT64_MIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_like_python),
        cmocka_unit_test(reads_back_equal),
        cmocka_unit_test(refuses_what_is_no_number),
    };
    return cmocka_run_group_tests_name("num", tests, NULL, NULL);
}
