#include "io/csv.h"

#include <string.h>

void csv_add(struct str *row, const char *field, bool first)
{
    if (!first)
        str_add_char(row, ',');
    size_t n = strlen(field);
    bool blank_end = n && (field[0] == ' ' || field[n - 1] == ' ');
    if (!blank_end && !strpbrk(field, ",\"\r\n")) {
        str_add_n(row, field, n);
        return;
    }
    str_add_char(row, '"');
    for (const char *c = field; *c; c++) {
        if (*c == '"')
            str_add_char(row, '"');
        str_add_char(row, *c);
    }
    str_add_char(row, '"');
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
