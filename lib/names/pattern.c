#include "names/pattern.h"

#include <fnmatch.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* One pattern without the blanks around it; a blank after a backslash is kept. */
static bool add_pattern(struct str *s, struct str_list *out, struct err *e)
{
    char *text = str_trim(s->len ? s->text : (char[]){""});
    bool ok = *text ? strlen(text) <= PATTERN_LONGEST ||
                          err_set(e, ERR_USAGE, "a pattern of more than %d bytes", PATTERN_LONGEST)
                    : err_set(e, ERR_USAGE, "an empty pattern");
    if (ok)
        str_list_add(out, text);
    str_free(s);
    return ok;
}

bool patterns_parse(const char *text, struct str_list *out, struct err *e)
{
    struct str s = {0};
    for (; *text; text++) {
        if (*text == ',') {
            if (!add_pattern(&s, out, e))
                return false;
        } else if (*text == '\\' && text[1] == ',') {
            str_add_char(&s, *++text);
        } else if (*text == '\\' && text[1]) {
            str_add_char(&s, *text);
            str_add_char(&s, *++text);
        } else {
            str_add_char(&s, *text);
        }
    }
    return add_pattern(&s, out, e);
}

bool pattern_takes(const char *pattern, const char *name)
{
    static locale_t utf8;
    if (!utf8)
        utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    bool takes = fnmatch(pattern, name, FNM_CASEFOLD) == 0;
    if (utf8)
        uselocale(before);
    return takes;
}

bool pattern_is_plain(const char *pattern)
{
    return !strpbrk(pattern, "*?[\\");
}

int patterns_find(const struct str_list *patterns, const char *name)
{
    for (size_t i = 0; i < patterns->n && i < INT_MAX; i++)
        if (pattern_takes(patterns->item[i], name))
            return (int)i;
    return -1;
}
