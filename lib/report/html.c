#include "report/html.h"

#include "base/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char *reference_of(char c)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '`':
        return "&#96;";
    default:
        return NULL;
    }
}

/* What changes how its neighbours look, or cannot be seen at all. */
static bool is_unseen(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } unseen[] = {{0x00, 0x1f},     {0x7f, 0x9f},      {0xad, 0xad},     {0x061c, 0x061c},
                  {0x200b, 0x200f}, {0x2028, 0x202e},  {0x2060, 0x206f}, {0xfeff, 0xfeff},
                  {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};
    for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
        if (c >= unseen[i].first && c <= unseen[i].last)
            return true;
    return false;
}

/* The code point at *at (`left` bytes), which moves behind it; U+FFFD for a byte that begins none.
 */
static uint32_t next_point(const char **at, size_t left)
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

void html_escape(struct str *out, const char *text)
{
    const char *at = text, *end = text + strlen(text);
    while (at < end) {
        const char *from = at;
        uint32_t c = next_point(&at, (size_t)(end - at));
        const char *reference = c < 0x80 ? reference_of((char)c) : NULL;
        if (reference)
            str_add(out, reference);
        else if (is_unseen(c))
            str_addf(out, "[U+%04X]", (unsigned)c);
        else if (c == 0xfffd)
            str_add(out, "\xef\xbf\xbd");
        else
            str_add_n(out, from, (size_t)(at - from));
    }
}

void html_fill(struct html *h, struct markup markup, const char *const *texts, size_t n)
{
    const char *at = markup.raw, *hole;
    size_t used = 0;
    while ((hole = strstr(at, "{}")) != NULL) {
        str_add_n(&h->out, at, (size_t)(hole - at));
        assert(used < n);
        html_escape(&h->out, texts[used++]);
        at = hole + 2;
    }
    assert(used == n);
    str_add(&h->out, at);
}

struct shown shown_int(long long n)
{
    struct shown s;
    snprintf(s.text, sizeof s.text, "%lld", n);
    return s;
}

/* "2.500" as "2.5", "20.0" as "20". */
static void trim_zeros(char *text)
{
    size_t n = strlen(text);
    if (!strchr(text, '.') || strchr(text, 'e'))
        return;
    while (text[n - 1] == '0')
        text[--n] = '\0';
    if (text[n - 1] == '.')
        text[n - 1] = '\0';
}

struct shown shown_real(double value, int digits)
{
    struct shown s = {""};
    if (!isfinite(value))
        return s;
    double size = fabs(value);
    int whole = size >= 1 ? (int)floor(log10(size)) + 1 : 1;
    if (size != 0 && (size < 1e-3 || size >= 1e9))
        snprintf(s.text, sizeof s.text, "%.*g", digits, value);
    else
        snprintf(s.text, sizeof s.text, "%.*f", digits > whole ? digits - whole : 0, value);
    trim_zeros(s.text);
    return s;
}
