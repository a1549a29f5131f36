#include "report/reason.h"

#include <string.h>

/* The length of the part that is told. */
static size_t told_length(const char *reason)
{
    enum { SHORT = 5 };
    const char *colon = strstr(reason, ": ");
    if (colon && colon - reason <= SHORT)
        colon = strstr(colon + 2, ": ");
    return colon ? (size_t)(colon - reason) : strlen(reason);
}

static bool names_something(const char *word, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((word[i] >= '0' && word[i] <= '9') || word[i] == '/' || word[i] == '\\')
            return true;
    return false;
}

/* The end of what an opening quote or parenthesis encloses; NULL: c is none, or nothing closes it.
 * A quote within a word is an apostrophe. */
static const char *enclosed_end(const char *at, const char *start, const char *end)
{
    const char closing = *at == '(' ? ')' : *at == '\'' || *at == '"' ? *at : '\0';
    if (!closing || (at > start && at[-1] != ' '))
        return NULL;
    return memchr(at + 1, closing, (size_t)(end - at - 1));
}

/* A word, or "..." for one that names something; several of these in a row are one. */
static void add_word(const char *word, size_t n, bool named, size_t begun, struct str *out)
{
    if (named && out->len >= begun + 3 && strcmp(out->text + out->len - 3, "...") == 0)
        return;
    if (out->len > begun && !strchr(",;.", *word))
        str_add_char(out, ' ');
    str_add_n(out, named ? "..." : word, named ? 3 : n);
}

void reason_in_general(const char *reason, struct str *out)
{
    const char *at = reason, *end = reason + told_length(reason);
    size_t begun = out->len;
    while (at < end) {
        const char *closed = enclosed_end(at, reason, end);
        size_t n = 0;
        if (*at == ' ') {
            at++;
            continue;
        }
        if (closed) {
            if (*at != '(')
                add_word(at, 1, true, begun, out);
            at = closed + 1;
            continue;
        }
        while (at + n < end && at[n] != ' ')
            n++;
        add_word(at, n, names_something(at, n), begun, out);
        at += n;
    }
}
