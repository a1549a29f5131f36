#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/reason.h"

static void reasons_name_no_case(void **state)
{
    (void)state;
    static const struct {
        const char *reason, *want;
    } cases[] = {
        {"superseded: Doe Jane/RS.dcm (20200116 120000) is newer than this (20200101)",
         "superseded"},
        {"its structure set was left out: superseded: LUNG-02/RS.dcm",
         "its structure set was left out"},
        {"SUV: the series time 1200 is after the first acquisition 11, and so on",
         "SUV: the series time ... is after the first acquisition ... and so on"},
        {"it is of patient 'Doe', the images that it names are of patient 'Roe'",
         "it is of patient ..., the images that it names are of patient ..."},
        {"colour image (RGB, 3 samples per pixel)", "colour image"},
        {"no contours", "no contours"},
        {"names UID-123456 a/b 7", "names ..."},
        {"the patient's image", "the patient's image"},
        {"open (never closed", "open (never closed"},
        {"", ""},
        {"memory: more than 36 MB", "memory"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str s = {0};
        str_add(&s, "x: ");
        reason_in_general(cases[i].reason, &s);
        assert_string_equal(str_text(&s) + 3, cases[i].want);
        str_free(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reasons_name_no_case)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
