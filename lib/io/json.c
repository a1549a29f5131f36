#include "io/json.h"

#include "base/str.h"
#include "base/utf8.h"
#include "io/atomic.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 30 };

json_t *json_read(const char *path, struct err *e)
{
    size_t bytes;
    char *text = file_read(path, MOST_BYTES, &bytes, e);
    if (!text)
        return NULL;
    json_error_t why;
    json_t *root = json_loadb(text, bytes, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
    free(text);
    if (!root)
        err_set(e, ERR_REFUSED, "%s:%d: %s", path, why.line, why.text);
    return root;
}

bool json_write(const char *path, const json_t *root, struct err *e)
{
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
    if (!text)
        return err_set(e, ERR_FAILED, "writing %s: not representable as JSON", path);
    struct str s = {0};
    str_add(&s, text);
    str_add_char(&s, '\n');
    free(text);
    bool ok = out_write(path, s.text, s.len, true, e);
    str_free(&s);
    return ok;
}

json_t *json_text(const char *text)
{
    struct str s = {0};
    str_add(&s, "");
    for (const char *c = text, *end = text + strlen(text); c < end;) {
        size_t n = utf8_length(c, (size_t)(end - c));
        if (n)
            str_add_n(&s, c, n);
        else
            str_add(&s, "\xef\xbf\xbd");
        c += n ? n : 1;
    }
    json_t *value = json_string(str_text(&s));
    str_free(&s);
    return value;
}

const char *json_get_text(const json_t *object, const char *key, const char *fallback)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : fallback;
}

bool json_get_int(const json_t *object, const char *key, int64_t *out)
{
    const json_t *v = json_object_get(object, key);
    if (!json_is_integer(v))
        return false;
    *out = json_integer_value(v);
    return true;
}

bool json_get_real(const json_t *object, const char *key, double *out)
{
    const json_t *v = json_object_get(object, key);
    if (!json_is_number(v))
        return false;
    *out = json_number_value(v);
    return true;
}

bool json_get_reals(const json_t *object, const char *key, int n, double *out)
{
    const json_t *list = json_object_get(object, key);
    if (!json_is_array(list) || json_array_size(list) != (size_t)n)
        return false;
    for (int i = 0; i < n; i++) {
        const json_t *v = json_array_get(list, (size_t)i);
        if (!json_is_number(v))
            return false;
        out[i] = json_number_value(v);
    }
    return true;
}

json_t *json_reals(const double *value, int n)
{
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(list, json_real(value[i]));
    return list;
}
