#include "report/template.h"

#include "base/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

void template_escape(struct str *out, const char *text, template_reference *reference)
{
    const char *at = text, *end = text + strlen(text);
    while (at < end) {
        const char *from = at;
        uint32_t point = utf8_point(&at, (size_t)(end - at));
        const char *instead = point < 0x80 ? reference(from) : NULL;
        if (instead)
            str_add(out, instead);
        else if (utf8_is_unseen(point))
            str_addf(out, "[U+%04X]", (unsigned)point);
        else if (point == 0xfffd)
            str_add(out, "\xef\xbf\xbd");
        else
            str_add_n(out, from, (size_t)(at - from));
    }
}

void template_fill(struct str *out, struct markup markup, template_reference *reference,
                   const char *const *texts, size_t n)
{
    const char *at = markup.raw, *hole;
    size_t used = 0;
    while ((hole = strstr(at, "{}")) != NULL) {
        str_add_n(out, at, (size_t)(hole - at));
        assert(used < n);
        template_escape(out, texts[used++], reference);
        at = hole + 2;
    }
    assert(used == n);
    str_add(out, at);
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
