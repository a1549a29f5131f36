#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hmac.h"

#include <string.h>

/* RFC 2202, section 3: short keys, keys of the digest's length, keys longer than a block. */
static void known_digests(void **state)
{
    (void)state;
    char key[80], data[50], hex[41];
    memset(key, 0x0b, 20);
    hmac_sha1_hex(key, 20, "Hi There", 8, hex);
    assert_string_equal(hex, "b617318655057264e28bc0b6fb378c8ef146be00");
    hmac_sha1_hex("Jefe", 4, "what do ya want for nothing?", 28, hex);
    assert_string_equal(hex, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    memset(key, 0xaa, sizeof key);
    memset(data, 0xdd, sizeof data);
    hmac_sha1_hex(key, 20, data, sizeof data, hex);
    assert_string_equal(hex, "125d7342b9ac11cd91a39af48aa17b4f63f175d3");
    static const char text[] = "Test Using Larger Than Block-Size Key - Hash Key First";
    hmac_sha1_hex(key, sizeof key, text, strlen(text), hex);
    assert_string_equal(hex, "aa4ae5e15272d00e95705637ce8a3b55ed402112");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_digests)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
