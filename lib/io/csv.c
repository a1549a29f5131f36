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

static const char *skip_blanks(const char *c, struct csv_form form)
{
    while (form.trims && (*c == ' ' || *c == '\t') && *c != form.separator)
        c++;
    return c;
}

/* What stands in quotes; returns its end, behind the closing quote. */
static const char *take_quoted(const char *c, struct str *field)
{
    for (c++; *c; c++) {
        if (*c == '"' && c[1] == '"')
            c++;
        else if (*c == '"')
            return c + 1;
        str_add_char(field, *c);
    }
    return c;
}

/* One field from *at to the separator, line end or NUL behind it. */
static void take_field(const char **at, struct csv_form form, struct str *field)
{
    const char ends[] = {form.separator, '\r', '\n', '\0'};
    const char *c = skip_blanks(*at, form);
    if (*c == '"')
        c = skip_blanks(take_quoted(c, field), form);
    size_t rest = strcspn(c, ends);
    *at = c + rest;
    while (form.trims && rest && (c[rest - 1] == ' ' || c[rest - 1] == '\t'))
        rest--;
    str_add_n(field, c, rest);
}

bool csv_record_of(const char **at, struct csv_form form, struct str_list *out)
{
    str_list_free(out);
    if (!**at)
        return false;
    for (;;) {
        struct str field = {0};
        take_field(at, form, &field);
        str_list_add(out, str_text(&field));
        str_free(&field);
        if (**at != form.separator)
            break;
        ++*at;
    }
    if (**at == '\r')
        ++*at;
    if (**at == '\n')
        ++*at;
    return true;
}

bool csv_record(const char **at, struct str_list *out)
{
    return csv_record_of(at, (struct csv_form){','}, out);
}

const char *csv_separator_name(char separator)
{
    return separator == ','    ? "commas"
           : separator == ';'  ? "semicolons"
           : separator == '\t' ? "tabs"
                               : "characters of its own";
}

struct csv_form csv_guess(const char **at)
{
    /* where two separators give equally many fields, the first one is taken */
    static const char separators[] = ",;\t";
    static const char told[] = "sep=";
    struct csv_form best = {','};
    struct str_list record = {0};
    if (strncmp(*at, told, sizeof told - 1) == 0 && strcspn(*at, "\r\n") == sizeof told) {
        best.separator = (*at)[sizeof told - 1];
        csv_record(at, &record);
    } else {
        size_t most = 0;
        for (const char *s = separators; *s; s++) {
            const char *start = *at;
            csv_record_of(&start, (struct csv_form){*s}, &record);
            if (record.n > most) {
                most = record.n;
                best.separator = *s;
            }
        }
    }
    str_list_free(&record);
    return best;
}
