#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sha1.h"

#include <string.h>

static void hex_of(const void *data, size_t n, size_t piece, char out[41])
{
    struct sha1 s;
    sha1_init(&s);
    for (size_t i = 0; i < n; i += piece)
        sha1_add(&s, (const char *)data + i, n - i < piece ? n - i : piece);
    sha1_hex(&s, out);
}

/* FIPS 180-4's examples, and a million letters a. */
static void known_digests(void **state)
{
    (void)state;
    static char million[1000000];
    memset(million, 'a', sizeof million);
    const struct {
        const char *text;
        size_t n;
        const char *digest;
    } row[] = {
        {"", 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
        {"abc", 3, "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
         "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
        {million, sizeof million, "34aa973cd4c4daa4f61eeb2bdbad27316534016f"},
    };
    static const size_t piece[] = {1, 7, 64, 65, 4096};
    char hex[41];
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        for (size_t k = 0; k < sizeof piece / sizeof *piece; k++) {
            hex_of(row[i].text, row[i].n, piece[k], hex);
            assert_string_equal(hex, row[i].digest);
        }
}

static void a_pair_is_two_digests(void **state)
{
    (void)state;
    static unsigned char data[3000];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (unsigned char)(i * 31 + i / 7);
    for (size_t first = 0; first < 130; first += 13)
        for (size_t n = 0; n < 1000; n += 37) {
            struct sha1 a, b;
            char hex[41], expected[41];
            sha1_init(&a), sha1_init(&b);
            sha1_add(&b, data, first);
            sha1_add_pair(&a, data, &b, data + first, n);
            sha1_add_pair(&a, data + n, &b, data + first + n, 128);
            sha1_hex(&a, hex);
            hex_of(data, n + 128, sizeof data, expected);
            assert_string_equal(hex, expected);
            sha1_hex(&b, hex);
            hex_of(data, first + n + 128, sizeof data, expected);
            assert_string_equal(hex, expected);
        }
}

/* Every constant, and that nothing is counted that was not given. */
static void zeros_for_nothing(void **state)
{
    (void)state;
    static const unsigned char zeros[1 << 20];
    struct sha1 walked, s;
    char hex[41], expected[41];
    uint64_t most = sha1_init_zeros(&s, UINT64_MAX);
    assert_true(most >= (uint64_t)64 << 20 && most % sizeof zeros == 0);
    sha1_init(&walked);
    for (uint64_t n = 0; n <= most; n += sizeof zeros) {
        for (uint64_t less = 0; less < 2 && less <= n; less++) {
            uint64_t given = n - less, taken = sha1_init_zeros(&s, given);
            assert_true(taken <= given && given - taken < sizeof zeros);
            if (less)
                continue;
            assert_true(taken == n);
            assert_memory_equal(s.state, walked.state, sizeof s.state);
        }
        sha1_add(&walked, zeros, sizeof zeros);
    }
    sha1_init(&walked);
    for (int i = 0; i < 3; i++)
        sha1_add(&walked, zeros, sizeof zeros);
    assert_true(sha1_init_zeros(&s, 3 * sizeof zeros + 5) == 3 * sizeof zeros);
    sha1_add(&walked, "abc", 3), sha1_add(&s, "abc", 3);
    sha1_hex(&walked, expected), sha1_hex(&s, hex);
    assert_string_equal(hex, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_digests),
        cmocka_unit_test(a_pair_is_two_digests),
        cmocka_unit_test(zeros_for_nothing),
    };
    return cmocka_run_group_tests_name("sha1", tests, NULL, NULL);
}
