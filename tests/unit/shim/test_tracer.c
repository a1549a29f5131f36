/* Words of our own for what people type: never what they typed. */
#include "shim/tracer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void names(void **state)
{
    static const struct {
        const char *text, *name;
    } cases[] = {
        {"", ""},
        {"  --- ", ""},
        {"FDG", "FDG"},
        {"F-18 FDG -- fluorodeoxyglucose", "FDG"},
        {"Fluorodeoxyglucose F^18^", "FDG"},
        {"[18F]PSMA-1007", "PSMA-1007"},
        {"Ga-68 PSMA-11", "PSMA-11"},
        {"68Ga-DOTATATE", "DOTATATE"},
        {"6-[18F]FDOPA", "FDOPA"},
        {"18F-FET", "FET"},
        {"Fetterman, John", "other"}, /* holds "fet", and is no tracer */
        {"Sodium fluoride F^18^", "NaF"},
        {"Doe^Jane", "other"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(tracer_name(cases[i].text), cases[i].name);
}

static void radionuclides(void **state)
{
    (void)state;
    assert_string_equal(tracer_radionuclide(6586.2), "F-18");
    assert_string_equal(tracer_radionuclide(6588), "F-18");
    assert_string_equal(tracer_radionuclide(4080), "Ga-68");
    assert_string_equal(tracer_radionuclide(1000), "other");
    assert_string_equal(tracer_radionuclide(0), "");
    assert_string_equal(tracer_radionuclide(-1), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names), cmocka_unit_test(radionuclides)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
