#include "base/str.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct str *s, size_t more)
{
    if (s->len + more + 1 <= s->room)
        return;
    size_t room = s->room ? s->room : 64;
    while (room < s->len + more + 1)
        room *= 2;
    s->text = mem_grow(s->text, room, 1);
    s->room = room;
}

void str_add_n(struct str *s, const char *bytes, size_t n)
{
    reserve(s, n);
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
    if (n > 0) {
        reserve(s, (size_t)n);
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
    char *text = s->text ? s->text : mem_strdup("");
    *s = (struct str){0};
    return text;
}

void str_free(struct str *s)
{
    free(s->text);
    *s = (struct str){0};
}

void str_list_add(struct str_list *l, const char *text)
{
    if (l->n == l->room) {
        l->room = l->room ? 2 * l->room : 8;
        l->item = mem_grow(l->item, l->room, sizeof *l->item);
    }
    l->item[l->n++] = mem_strdup(text);
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
