/* Pseudonyms against values of another program (Python's hmac). */
#include "names/pseudonym.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct pseudonym_key key = {.bytes = "0123456789abcdef", .n = 16};

static void uids(void **state)
{
    char out[PSEUDONYM_SIZE];
    (void)state;
    pseudonym_of_uid(&key, "1.2.840.113619.2.55.3", out);
    assert_string_equal(out, "2.25.328997198958014713326292191310507386055");
}

static void patients(void **state)
{
    char out[PSEUDONYM_SIZE];
    (void)state;
    pseudonym_of_patient(&key, "P1", out);
    assert_string_equal(out, "P10c159dea1d9d427");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(uids), cmocka_unit_test(patients)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
