#include "io/csv.h"

#include <string.h>

struct csv_row csv_row_begin(struct str *out)
{
    return (struct csv_row){out, 0, out->len};
}

static void add_quoted(struct str *out, const char *field)
{
    str_add_char(out, '"');
    for (const char *c = field; *c; c++) {
        if (*c == '"')
            str_add_char(out, '"');
        str_add_char(out, *c);
    }
    str_add_char(out, '"');
}

void csv_put(struct csv_row *row, const char *field)
{
    if (row->fields++)
        str_add_char(row->out, ',');
    size_t n = strlen(field);
    bool blank_end = n && (field[0] == ' ' || field[n - 1] == ' ');
    if (blank_end || strpbrk(field, ",\"\r\n"))
        add_quoted(row->out, field);
    else
        str_add_n(row->out, field, n);
}

void csv_put_list(struct csv_row *row, const struct str_list *fields)
{
    for (size_t i = 0; i < fields->n; i++)
        csv_put(row, fields->item[i]);
}

void csv_put_names(struct csv_row *row, const char *const *names)
{
    for (size_t i = 0; names[i]; i++)
        csv_put(row, names[i]);
}

void csv_row_end(struct csv_row *row)
{
    if (row->fields == 1 && row->out->len == row->start)
        str_add(row->out, "\"\"");
    str_add_char(row->out, '\n');
}

/* One field from *at to the comma, line end or NUL behind it. */
static void take_field(const char **at, struct str *field)
{
    const char *c = *at;
    if (*c == '"') {
        for (c++; *c; c++) {
            if (*c == '"' && c[1] == '"')
                c++;
            else if (*c == '"')
                break;
            str_add_char(field, *c);
        }
        if (*c)
            c++;
    }
    size_t rest = strcspn(c, ",\r\n");
    str_add_n(field, c, rest);
    *at = c + rest;
}

const char *csv_begin(const char *text)
{
    static const char mark[] = "\xef\xbb\xbf";
    return strncmp(text, mark, sizeof mark - 1) == 0 ? text + sizeof mark - 1 : text;
}

bool csv_record(const char **at, struct str_list *out)
{
    str_list_free(out);
    if (!**at)
        return false;
    for (;;) {
        struct str field = {0};
        take_field(at, &field);
        str_list_add(out, str_text(&field));
        str_free(&field);
        if (**at != ',')
            break;
        ++*at;
    }
    if (**at == '\r')
        ++*at;
    if (**at == '\n')
        ++*at;
    return true;
}
