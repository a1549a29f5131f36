#include "io/text.h"

#include "base/mem.h"
#include "io/atomic.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

static const struct encoding {
    const char *mark; /* byte order mark */
    size_t n;
    const char *name; /* of iconv; NULL: UTF-8 itself */
} encodings[] = {
    {"\xff\xfe\0\0", 4, "UTF-32LE"}, /* before UTF-16LE, whose mark it begins with */
    {"\0\0\xfe\xff", 4, "UTF-32BE"},
    {"\xff\xfe", 2, "UTF-16LE"},
    {"\xfe\xff", 2, "UTF-16BE"},
    {"\xef\xbb\xbf", 3, NULL},
    {"", 0, NULL},
};

static const struct encoding *encoding_of(const char *text, size_t bytes)
{
    const struct encoding *k = encodings;
    while (bytes < k->n || memcmp(text, k->mark, k->n) != 0)
        k++;
    return k;
}

/* A new text in UTF-8, or NULL. */
static char *decode(const char *text, size_t *bytes, const char *name)
{
    iconv_t to_utf8 = iconv_open("UTF-8", name);
    if (to_utf8 == (iconv_t)-1)
        return NULL;
    size_t room = 2 * *bytes, left = *bytes; /* three bytes for two at most */
    char *out = mem_must(malloc(room + 1)), *to = out, *from = (char *)text;
    bool whole = iconv(to_utf8, &from, &left, &to, &room) != (size_t)-1 && left == 0;
    iconv_close(to_utf8);
    *to = '\0';
    *bytes = (size_t)(to - out);
    if (whole)
        return out;
    free(out);
    return NULL;
}

char *text_read(const char *path, size_t most, struct err *e)
{
    size_t bytes;
    char *text = file_read(path, most, &bytes, e);
    if (!text)
        return NULL;
    const struct encoding *k = encoding_of(text, bytes);
    bytes -= k->n;
    if (k->name) {
        char *other = decode(text + k->n, &bytes, k->name);
        if (!other)
            err_set(e, ERR_REFUSED, "%s: begins as %s, but is not valid", path, k->name);
        free(text);
        text = other;
    } else {
        memmove(text, text + k->n, bytes + 1);
    }
    if (!text || !memchr(text, '\0', bytes))
        return text;
    err_set(e, ERR_REFUSED, "%s: holds bytes of zero: not text, or UTF-16 without its mark", path);
    free(text);
    return NULL;
}
