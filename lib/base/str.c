#include "base/str.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void str_fail(struct str *s)
{
    if (!s->may_fail)
        mem_must(NULL);
    s->failed = true;
}

static bool reserve(struct str *s, size_t more)
{
    if (s->failed)
        return false;
    if (s->len + more + 1 <= s->room)
        return true;
    size_t room = s->room ? s->room : 64;
    while (room < s->len + more + 1)
        room *= 2;
    char *text = realloc(s->text, room);
    if (!text) {
        str_fail(s);
        return false;
    }
    s->text = text;
    s->room = room;
    return true;
}

bool str_ok(const struct str *s, struct err *e)
{
    return !s->failed || err_set(e, ERR_FAILED, "out of memory: a text");
}

void str_add_n(struct str *s, const char *bytes, size_t n)
{
    if (!reserve(s, n))
        return;
    memcpy(s->text + s->len, bytes, n);
    s->len += n;
    s->text[s->len] = '\0';
}

void str_add(struct str *s, const char *text)
{
    str_add_n(s, text, strlen(text));
}

void str_add_char(struct str *s, char c)
{
    str_add_n(s, &c, 1);
}

void str_addf(struct str *s, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n > 0 && reserve(s, (size_t)n)) {
        vsnprintf(s->text + s->len, (size_t)n + 1, format, again);
        s->len += (size_t)n;
    }
    va_end(again);
}

const char *str_text(const struct str *s)
{
    return s->text ? s->text : "";
}

char *str_take(struct str *s)
{
    bool may_fail = s->may_fail;
    if (!s->failed)
        reserve(s, 0);
    char *text = s->text;
    if (text && s->len == 0)
        text[0] = '\0';
    if (s->failed) {
        free(text);
        text = NULL;
    }
    *s = (struct str){.may_fail = may_fail};
    return text;
}

void str_free(struct str *s)
{
    free(s->text);
    *s = (struct str){0};
}

void str_list_fail(struct str_list *l)
{
    if (!l->may_fail)
        mem_must(NULL);
    l->failed = true;
}

static bool list_reserve(struct str_list *l)
{
    if (l->failed)
        return false;
    if (l->n < l->room)
        return true;
    size_t room = l->room ? 2 * l->room : 8;
    char **item = realloc(l->item, room * sizeof *item);
    if (!item) {
        str_list_fail(l);
        return false;
    }
    l->item = item;
    l->room = room;
    return true;
}

void str_list_add(struct str_list *l, const char *text)
{
    if (!list_reserve(l))
        return;
    l->item[l->n] = strdup(text);
    if (l->item[l->n])
        l->n++;
    else
        str_list_fail(l);
}

void str_list_set(struct str_list *l, size_t at, const char *text)
{
    while (l->n <= at && !l->failed)
        str_list_add(l, "");
    char *copy = l->failed ? NULL : strdup(text);
    if (copy) {
        free(l->item[at]);
        l->item[at] = copy;
    } else {
        str_list_fail(l);
    }
}

void str_list_take(struct str_list *l, struct str *s)
{
    if (s->failed)
        str_list_fail(l);
    else
        str_list_add(l, str_text(s));
    str_free(s);
}

bool str_list_ok(const struct str_list *l, struct err *e)
{
    return !l->failed || err_set(e, ERR_FAILED, "out of memory: a list of texts");
}

bool str_list_has(const struct str_list *l, const char *text)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->item[i], text) == 0)
            return true;
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void str_list_sort(struct str_list *l)
{
    if (l->n)
        qsort(l->item, l->n, sizeof *l->item, by_bytes);
}

void str_list_free(struct str_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->item[i]);
    free(l->item);
    *l = (struct str_list){0};
}

char *str_trim(char *s)
{
    while (isspace((unsigned char)*s))
        s++;
    size_t n = strlen(s);
    while (n && isspace((unsigned char)s[n - 1]))
        n--;
    s[n] = '\0';
    return s;
}

char *str_replaced(const char *text, const char *what, const char *with)
{
    struct str s = {0};
    for (const char *at; (at = strstr(text, what)); text = at + strlen(what)) {
        str_add_n(&s, text, (size_t)(at - text));
        str_add(&s, with);
    }
    str_add(&s, text);
    return str_take(&s);
}

bool str_ends_with(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

bool str_starts_with(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

char *path_join(const char *a, const char *b)
{
    if (b[0] == '/' || !a[0])
        return mem_strdup(b);
    struct str s = {0};
    str_add(&s, a);
    if (s.text[s.len - 1] != '/')
        str_add_char(&s, '/');
    str_add(&s, b);
    return str_take(&s);
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *path_dir(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_strdup(".");
    struct str s = {0};
    str_add_n(&s, path, slash == path ? 1 : (size_t)(slash - path));
    return str_take(&s);
}
