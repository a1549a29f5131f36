#include "base/hmac.h"

#include "base/sha1.h"

#include <string.h>

enum { BLOCK = 64, DIGEST = 20 };

/* The bytes that the hexadecimal digits of sha1_hex stand for. */
static void finish(struct sha1 *s, unsigned char out[DIGEST])
{
    static const char digits[] = "0123456789abcdef";
    char hex[2 * DIGEST + 1];
    sha1_hex(s, hex);
    for (int i = 0; i < DIGEST; i++)
        out[i] = (unsigned char)((strchr(digits, hex[2 * i]) - digits) << 4 |
                                 (strchr(digits, hex[2 * i + 1]) - digits));
}

static void begin(struct sha1 *s, const unsigned char key[BLOCK], unsigned char pad)
{
    unsigned char block[BLOCK];
    for (int i = 0; i < BLOCK; i++)
        block[i] = key[i] ^ pad;
    sha1_init(s);
    sha1_add(s, block, BLOCK);
}

void hmac_sha1_hex(const void *key, size_t key_bytes, const void *data, size_t n, char out[41])
{
    unsigned char block[BLOCK] = {0}, inner[DIGEST];
    struct sha1 s;
    if (key_bytes > BLOCK) {
        sha1_init(&s);
        sha1_add(&s, key, key_bytes);
        finish(&s, block);
    } else {
        memcpy(block, key, key_bytes);
    }
    begin(&s, block, 0x36);
    sha1_add(&s, data, n);
    finish(&s, inner);
    begin(&s, block, 0x5c);
    sha1_add(&s, inner, DIGEST);
    sha1_hex(&s, out);
}
