#include "base/utf8.h"

size_t utf8_length(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;
    if (n == 0)
        return 0;
    size_t want = p[0] < 0x80                   ? 1
                  : p[0] >= 0xc2 && p[0] < 0xe0 ? 2
                  : (p[0] & 0xf0) == 0xe0       ? 3
                  : p[0] >= 0xf0 && p[0] < 0xf5 ? 4
                                                : 0;
    if (want == 0 || want > n)
        return 0;
    for (size_t i = 1; i < want; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return want;
}

bool utf8_valid(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t k = utf8_length(s + i, n - i);
        if (k == 0)
            return false;
        i += k;
    }
    return true;
}

uint32_t utf8_point(const char **at, size_t left)
{
    const unsigned char *s = (const unsigned char *)*at;
    size_t n = utf8_length(*at, left);
    *at += n ? n : 1;
    if (n <= 1)
        return n ? s[0] : 0xfffd;
    uint32_t c = s[0] & (0x7fu >> n);
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (s[i] & 0x3f);
    return c;
}

bool utf8_is_unseen(uint32_t point)
{
    static const struct {
        uint32_t first, last;
    } unseen[] = {{0x00, 0x1f},     {0x7f, 0x9f},      {0xad, 0xad},     {0x061c, 0x061c},
                  {0x200b, 0x200f}, {0x2028, 0x202e},  {0x2060, 0x206f}, {0xfeff, 0xfeff},
                  {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};
    for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
        if (point >= unseen[i].first && point <= unseen[i].last)
            return true;
    return false;
}
