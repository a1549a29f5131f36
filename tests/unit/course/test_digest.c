/* The digest of planes given one after the other is that of all of them in one piece, whoever finds
 * it, and buffers are used again only when they have been digested. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/digest.h"

#include <string.h>

enum { BYTES = 3001, MOST = 60 }; /* no multiple of SHA-1's blocks */

static void make_plane(unsigned char *plane, size_t k)
{
    for (size_t i = 0; i < BYTES; i++)
        plane[i] = (unsigned char)(i * 7 + k * 31 + i / 251);
}

static void expected(size_t planes, char hex[41])
{
    unsigned char plane[BYTES];
    struct sha1 all;
    sha1_init(&all);
    for (size_t k = 0; k < planes; k++) {
        make_plane(plane, k);
        sha1_add(&all, plane, BYTES);
    }
    sha1_hex(&all, hex);
}

/* With `buffers` of them used in turn. */
static void digest_of(struct pool *pool, size_t planes, size_t buffers, char hex[41])
{
    unsigned char buffer[DIGEST_AHEAD][BYTES];
    struct digest d;
    digest_begin(&d, pool, BYTES);
    for (size_t k = 0; k < planes; k++) {
        digest_wait(&d, buffers - 1);
        make_plane(buffer[k % buffers], k);
        digest_give(&d, buffer[k % buffers]);
    }
    digest_end(&d);
    sha1_hex(&d.sha1, hex);
}

static bool all_are_right(struct pool *pool)
{
    static const size_t planes[] = {0, 1, DIGEST_AHEAD - 1, DIGEST_AHEAD, DIGEST_AHEAD + 1, MOST};
    char want[41], got[41];
    bool right = true;
    for (size_t i = 0; i < sizeof planes / sizeof *planes; i++)
        for (size_t buffers = 1; buffers <= DIGEST_AHEAD; buffers++) {
            expected(planes[i], want);
            digest_of(pool, planes[i], buffers, got);
            right = right && strcmp(want, got) == 0;
        }
    return right;
}

static void every_number_of_threads_gives_the_digest_of_all(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        struct err why = {0};
        struct pool *pool;
        assert_true(pool_create(threads, &pool, &why));
        for (int again = 0; again < 20; again++)
            assert_true(all_are_right(pool));
        pool_destroy(pool);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_of_threads_gives_the_digest_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
