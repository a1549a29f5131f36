#include "io/json_count.h"

#include "base/mem.h"
#include "io/json.h"

#include <stdlib.h>
#include <string.h>

void json_count(json_t *counts, const char *text)
{
    json_t *key = json_text(text);
    const char *clean = json_string_value(key);
    json_int_t n = json_integer_value(json_object_get(counts, clean));
    json_object_set_new(counts, clean, json_integer(n + 1));
    json_decref(key);
}

static int most_first(const void *a, const void *b)
{
    const struct json_count *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n ? 1 : -1) : strcmp(x->text, y->text);
}

struct json_count *json_counts_most_first(const json_t *counts, size_t *n)
{
    struct json_count *list = mem_must(calloc(json_object_size(counts) + 1, sizeof *list));
    const char *text;
    json_t *value;
    *n = 0;
    json_object_foreach((json_t *)counts, text, value) list[(*n)++] =
        (struct json_count){text, (size_t)json_integer_value(value)};
    qsort(list, *n, sizeof *list, most_first);
    return list;
}
