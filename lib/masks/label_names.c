#include "masks/label_names.h"

#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SEGMENTS = 65536 };

static void append(struct label_names *l, const char *name, int64_t value, int channel)
{
    l->item = mem_grow(l->item, l->n + 1, sizeof *l->item);
    l->item[l->n++] = (struct label_name){mem_strdup(name), value, channel};
}

void label_names_free(struct label_names *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->item[i].name);
    free(l->item);
    *l = (struct label_names){0};
}

/* The first `what` between from and to, or NULL. Never searches beyond `to`: a hostile text must
 * not lead to repeated searches of the whole. */
static const char *find(const char *from, const char *to, const char *what)
{
    return memmem(from, (size_t)(to - from), what, strlen(what));
}

/* Text between tags: character data with its five entities, or one CDATA section as it is. */
static void add_content(struct str *out, const char *from, const char *to)
{
    static const char open[] = "<![CDATA[", close[] = "]]>";
    static const struct {
        const char *entity;
        char c;
    } map[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    const char *section = find(from, to, open);
    if (section) {
        from = section + strlen(open);
        const char *end = find(from, to, close);
        str_add_n(out, from, (size_t)((end ? end : to) - from));
        return;
    }
    while (from < to) {
        size_t m = 0, n = sizeof map / sizeof *map;
        while (m < n && strncmp(from, map[m].entity, strlen(map[m].entity)) != 0)
            m++;
        str_add_char(out, m < n ? map[m].c : *from);
        from += m < n ? strlen(map[m].entity) : 1;
    }
}

/* The value of an attribute inside a tag's text, as a whole number. */
static bool attribute(const char *tag, const char *end, const char *name, int64_t *value)
{
    const char *at = find(tag, end, name);
    if (!at || at + strlen(name) >= end)
        return false;
    at += strlen(name);
    const char *stop =
        *at == '"' || *at == '\'' ? memchr(at + 1, *at, (size_t)(end - at - 1)) : NULL;
    char number[32];
    if (!stop || (size_t)(stop - at) > sizeof number)
        return false;
    snprintf(number, sizeof number, "%.*s", (int)(stop - at - 1), at + 1);
    return num_parse_int(number, value);
}

void label_names_caret(const char *xml, struct label_names *out)
{
    const char *end = xml + strlen(xml), *tag = xml;
    while ((tag = find(tag, end, "<Label ")) != NULL) {
        const char *open = find(tag, end, ">"), *close = open ? find(open, end, "</Label>") : NULL;
        int64_t value;
        if (!close)
            return;
        if (attribute(tag, open, " Key=", &value) && value != 0) {
            struct str name = {0};
            add_content(&name, open + 1, close);
            append(out, name.text ? str_trim(name.text) : "", value, 0);
            str_free(&name);
        }
        tag = close;
    }
}

/* "SegmentN_Field:=value": N and where the field's name begins; false for other lines. */
static bool segment_line(const char *line, int64_t *number, const char **field, const char **value)
{
    static const char prefix[] = "Segment";
    if (strncmp(line, prefix, strlen(prefix)) != 0)
        return false;
    const char *digits = line + strlen(prefix), *underscore = strchr(digits, '_');
    const char *assign = strstr(line, ":=");
    char text[16];
    if (!underscore || !assign || underscore > assign ||
        (size_t)(underscore - digits) >= sizeof text)
        return false;
    snprintf(text, sizeof text, "%.*s", (int)(underscore - digits), digits);
    *field = underscore + 1;
    *value = assign + 2;
    return num_parse_int(text, number) && *number >= 0 && *number < MOST_SEGMENTS;
}

struct slicer_segment {
    char *name;
    int64_t value, layer;
    bool has_value, has_layer;
};

static void take_field(struct slicer_segment *s, const char *field, const char *value)
{
    size_t name = (size_t)(value - 2 - field);
    int64_t number;
    if (name == strlen("Name") && memcmp(field, "Name", name) == 0) {
        free(s->name);
        s->name = mem_strdup(value);
    } else if (name == strlen("LabelValue") && memcmp(field, "LabelValue", name) == 0) {
        s->has_value = num_parse_int(value, &number);
        s->value = s->has_value ? number : 0;
    } else if (name == strlen("Layer") && memcmp(field, "Layer", name) == 0) {
        s->has_layer = num_parse_int(value, &number) && number >= 0 && number < MOST_SEGMENTS;
        s->layer = s->has_layer ? number : 0;
    }
}

void label_names_slicer(const char *header, struct label_names *out)
{
    struct slicer_segment *list = NULL;
    int64_t n = 0;
    char *copy = mem_strdup(header), *save = NULL;
    for (char *line = strtok_r(copy, "\r\n", &save); line; line = strtok_r(NULL, "\r\n", &save)) {
        int64_t number;
        const char *field, *value;
        if (!segment_line(line, &number, &field, &value))
            continue;
        if (number >= n) {
            list = mem_grow(list, (size_t)number + 1, sizeof *list);
            memset(list + n, 0, (size_t)(number + 1 - n) * sizeof *list);
            n = number + 1;
        }
        take_field(&list[number], field, value);
    }
    for (int64_t i = 0; i < n; i++) {
        const struct slicer_segment *s = &list[i];
        bool old = !s->has_value && !s->has_layer;
        if (s->name)
            append(out, s->name, s->has_value ? s->value : 1, (int)(old ? i : s->layer));
        free(s->name);
    }
    free(list);
    free(copy);
}
