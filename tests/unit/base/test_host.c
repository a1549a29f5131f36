#include "base/host.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static void test_pages_are_zero_and_writable(void **state)
{
    (void)state;
    size_t n = 3000001;
    char *p = host_pages(n);
    assert_non_null(p);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(p[i], 0);
    memset(p, 1, n);
    host_pages_free(p, n);
}

static void test_no_pages_where_there_are_none(void **state)
{
    (void)state;
    assert_null(host_pages((size_t)PTRDIFF_MAX - 65536));
}

/* What has been given back is read from the file again, and the end is not passed. */
static void test_release(void **state)
{
    (void)state;
    FILE *f = tmpfile();
    assert_non_null(f);
    for (int i = 0; i < 50000; i++)
        fputc(i % 251, f);
    fflush(f);
    unsigned char *p = mmap(NULL, 50000, PROT_READ, MAP_PRIVATE, fileno(f), 0);
    assert_ptr_not_equal(p, MAP_FAILED);
    const char *kept = host_release((char *)p + 5, (char *)p + 30001);
    assert_true(kept <= (char *)p + 30001 && kept > (char *)p + 5);
    for (int i = 0; i < 50000; i++)
        assert_int_equal(p[i], i % 251);
    host_unmap(p, 50000);
    fclose(f);
}

static void test_last_byte(void **state)
{
    (void)state;
    const unsigned char b[] = {1, 0, 1, 200, 0, 0};
    assert_ptr_equal(host_last_byte(b, 1, 6), b + 2);
    assert_ptr_equal(host_last_byte(b, 1, 2), b);
    assert_ptr_equal(host_last_byte(b, 200, 6), b + 3);
    assert_null(host_last_byte(b, 7, 6));
    assert_null(host_last_byte(b, 1, 0));
}

/* Whatever the locale of the process says about decimal points. */
static void test_strtod(void **state)
{
    (void)state;
    const char *locales[] = {"C", "de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        setlocale(LC_ALL, locales[i]); /* those that this system has */
        char *end;
        assert_float_equal(host_strtod("1.25e1,5", &end), 12.5, 0);
        assert_string_equal(end, ",5");
    }
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages_are_zero_and_writable),
        cmocka_unit_test(test_no_pages_where_there_are_none),
        cmocka_unit_test(test_release),
        cmocka_unit_test(test_last_byte),
        cmocka_unit_test(test_strtod),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
