/* UIDs are replaced by marks; versions, numbers, file names and DICOM's own UIDs are not. */
#include "base/uid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* printf %s 2.25.123456789 | sha1sum, and the same of the other */
#define FIRST  "UID-16b30e"
#define SECOND "UID-c77e21"

static void hides(void **state)
{
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"", ""},
        {"2.25.123456789", FIRST},
        {"series 2.25.123456789: gone; (1.3.6.1.4.1.9590) '2.25.123456789', 2.25.123456789.",
         "series " FIRST ": gone; (" SECOND ") '" FIRST "', " FIRST "."},
        {"radmill 3.0.1, 1.5 mm, 2.25", "radmill 3.0.1, 1.5 mm, 2.25"},
        {"a/2.25.123456789 and 2.25.123456789.dcm", "a/2.25.123456789 and 2.25.123456789.dcm"},
        {"12.25.123456789", "12.25.123456789"},
        {"transfer syntax 1.2.840.10008.1.2.4.70", "transfer syntax 1.2.840.10008.1.2.4.70"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str shown = {0};
        uid_hide(cases[i].text, &shown);
        assert_string_equal(str_text(&shown), cases[i].shown);
        str_free(&shown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(hides)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
