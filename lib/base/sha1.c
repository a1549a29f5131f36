#include "base/sha1.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define HAVE_SHA_NI 1
#endif

static uint32_t rotate(uint32_t x, int n)
{
    return x << n | x >> (32 - n);
}

static void blocks_portable(uint32_t h[5], const unsigned char *p, size_t n)
{
    for (; n; n--, p += 64) {
        uint32_t w[80];
        for (int i = 0; i < 16; i++)
            w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 |
                   (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
        for (int i = 16; i < 80; i++)
            w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
        uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
        for (int i = 0; i < 80; i++) {
            uint32_t f, k;
            if (i < 20)
                f = (b & c) | (~b & d), k = 0x5a827999;
            else if (i < 40)
                f = b ^ c ^ d, k = 0x6ed9eba1;
            else if (i < 60)
                f = (b & c) | (b & d) | (c & d), k = 0x8f1bbcdc;
            else
                f = b ^ c ^ d, k = 0xca62c1d6;
            uint32_t t = rotate(a, 5) + f + e + k + w[i];
            e = d, d = c, c = rotate(b, 30), b = a, a = t;
        }
        h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
    }
}

#ifdef HAVE_SHA_NI
/* The instructions of one stream depend on each other from end to end, so that two streams side by
 * side cost hardly more than one. Twenty groups of four rounds; the message schedule is a ring of
 * four groups: group i is msg1/xor/msg2 of the four before it, as the instructions are defined. */
struct stream {
    __m128i abcd, e, message[4];
};

#define GROUP(i, function)                                                                         \
    for (int k = 0; k < n_streams; k++) {                                                          \
        __m128i *m = s[k].message, abcd = s[k].abcd;                                               \
        if ((i) >= 4)                                                                              \
            m[(i) % 4] = _mm_sha1msg2_epu32(                                                       \
                _mm_xor_si128(_mm_sha1msg1_epu32(m[(i) % 4], m[((i) + 1) % 4]), m[((i) + 2) % 4]), \
                m[((i) + 3) % 4]);                                                                 \
        __m128i e =                                                                                \
            (i) == 0 ? _mm_add_epi32(s[k].e, m[0]) : _mm_sha1nexte_epu32(s[k].e, m[(i) % 4]);      \
        s[k].abcd = _mm_sha1rnds4_epu32(abcd, e, function);                                        \
        s[k].e = abcd;                                                                             \
    }
#define GROUPS(i, function)                                                                        \
    GROUP(i, function)                                                                             \
    GROUP(i + 1, function)                                                                         \
    GROUP(i + 2, function)                                                                         \
    GROUP(i + 3, function)                                                                         \
    GROUP(i + 4, function)

__attribute__((target("sha,sse4.1"), always_inline)) static inline void
sha_ni(uint32_t *const *h, const unsigned char *const *p, size_t n, const int n_streams)
{
    const __m128i flip = _mm_set_epi64x(0x0001020304050607LL, 0x08090a0b0c0d0e0fLL);
    struct stream s[2];
    for (int k = 0; k < n_streams; k++) {
        s[k].abcd = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)h[k]), 0x1b);
        s[k].e = _mm_set_epi32((int)h[k][4], 0, 0, 0);
    }
    for (size_t block = 0; block < n; block++) {
        __m128i abcd_start[2], e_start[2];
        for (int k = 0; k < n_streams; k++) {
            const __m128i *from = (const __m128i *)(p[k] + 64 * block);
            for (int i = 0; i < 4; i++)
                s[k].message[i] = _mm_shuffle_epi8(_mm_loadu_si128(from + i), flip);
            abcd_start[k] = s[k].abcd;
            e_start[k] = s[k].e;
        }
        GROUPS(0, 0)
        GROUPS(5, 1)
        GROUPS(10, 2)
        GROUPS(15, 3)
        for (int k = 0; k < n_streams; k++) {
            s[k].e = _mm_sha1nexte_epu32(s[k].e, e_start[k]);
            s[k].abcd = _mm_add_epi32(s[k].abcd, abcd_start[k]);
        }
    }
    for (int k = 0; k < n_streams; k++) {
        _mm_storeu_si128((__m128i *)h[k], _mm_shuffle_epi32(s[k].abcd, 0x1b));
        h[k][4] = (uint32_t)_mm_extract_epi32(s[k].e, 3);
    }
}
#undef GROUPS
#undef GROUP

__attribute__((target("sha,sse4.1"))) static void blocks_sha_ni(uint32_t *h, const unsigned char *p,
                                                                size_t n)
{
    sha_ni(&h, &p, n, 1);
}

__attribute__((target("sha,sse4.1"))) static void
pair_sha_ni(uint32_t *const h[2], const unsigned char *const p[2], size_t n)
{
    sha_ni(h, p, n, 2);
}

static int has_sha_ni(void)
{
    static atomic_int asked = -1; /* threads may ask at once: all find the same answer */
    int known = atomic_load_explicit(&asked, memory_order_relaxed);
    if (known < 0) {
        unsigned a = 7, b, c = 0, d;
        __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
        known = __builtin_cpu_supports("sse4.1") && (b >> 29 & 1);
        atomic_store_explicit(&asked, known, memory_order_relaxed);
    }
    return known;
}
#endif

static void blocks(uint32_t h[5], const unsigned char *p, size_t n)
{
#ifdef HAVE_SHA_NI
    if (has_sha_ni()) {
        blocks_sha_ni(h, p, n);
        return;
    }
#endif
    blocks_portable(h, p, n);
}

void sha1_init(struct sha1 *s)
{
    static const uint32_t start[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    memcpy(s->state, start, sizeof start);
    s->bytes = 0;
}

uint64_t sha1_init_zeros(struct sha1 *s, uint64_t n)
{
    enum { STEP = 1 << 20 };
    static const uint32_t after[][5] = {
#include "base/sha1_zeros.inc"
    };
    uint64_t steps = n / STEP, most = sizeof after / sizeof *after;
    sha1_init(s);
    steps = steps < most ? steps : most;
    if (steps > 0)
        memcpy(s->state, after[steps - 1], sizeof s->state);
    return s->bytes = steps * STEP;
}

void sha1_add(struct sha1 *s, const void *data, size_t n)
{
    const unsigned char *p = data;
    size_t held = s->bytes % 64;
    if (n == 0) /* data may be NULL then */
        return;
    s->bytes += n;
    if (held) {
        size_t take = 64 - held < n ? 64 - held : n;
        memcpy(s->block + held, p, take);
        p += take, n -= take;
        if (held + take < 64)
            return;
        blocks(s->state, s->block, 1);
    }
    blocks(s->state, p, n / 64);
    if (n % 64)
        memcpy(s->block, p + n / 64 * 64, n % 64);
}

void sha1_add_pair(struct sha1 *a, const void *data_a, struct sha1 *b, const void *data_b, size_t n)
{
#ifdef HAVE_SHA_NI
    if (a->bytes % 64 == 0 && b->bytes % 64 == 0 && has_sha_ni()) {
        uint32_t *const h[2] = {a->state, b->state};
        const unsigned char *const p[2] = {data_a, data_b};
        size_t whole = n / 64 * 64;
        pair_sha_ni(h, p, n / 64);
        a->bytes += whole, b->bytes += whole;
        sha1_add(a, p[0] + whole, n - whole);
        sha1_add(b, p[1] + whole, n - whole);
        return;
    }
#endif
    sha1_add(a, data_a, n);
    sha1_add(b, data_b, n);
}

void sha1_hex(struct sha1 *s, char out[41])
{
    uint64_t bits = s->bytes * 8;
    unsigned char tail[72] = {0x80}, length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)(bits >> (56 - 8 * i));
    size_t held = s->bytes % 64;
    sha1_add(s, tail, (held < 56 ? 56 : 120) - held);
    sha1_add(s, length, 8);
    for (int i = 0; i < 5; i++)
        sprintf(out + 8 * i, "%08x", s->state[i]);
}
