#include "batch/unite.h"

#include "base/mem.h"
#include "engine/rows/json_text.h"
#include "io/csv.h"

#include <stdlib.h>
#include <string.h>

static struct str_list *add_row(struct unite *u)
{
    u->row = mem_grow(u->row, u->n + 1, sizeof *u->row);
    u->row[u->n] = (struct str_list){0};
    return &u->row[u->n++];
}

static size_t column_at(struct unite *u, const char *name, size_t guess)
{
    if (guess < u->column.n && strcmp(u->column.item[guess], name) == 0)
        return guess;
    for (size_t i = 0; i < u->column.n; i++)
        if (strcmp(u->column.item[i], name) == 0)
            return i;
    str_list_add(&u->column, name);
    return u->column.n - 1;
}

static void put_cell(struct str_list *row, size_t at, const char *text)
{
    while (row->n <= at)
        str_list_add(row, "");
    free(row->item[at]);
    row->item[at] = mem_strdup(text);
}

static void add_csv(struct unite *u, const struct str_list *column, const struct str_list *cell)
{
    struct str_list *row = add_row(u);
    for (size_t i = 0; i < column->n && i < cell->n; i++)
        put_cell(row, column_at(u, column->item[i], i), cell->item[i]);
}

static void add_json(struct unite *u, const struct str_list *column, const struct str_list *cell)
{
    struct str object = {0};
    struct json_object o = json_object_begin(&object);
    for (size_t i = 0; i < column->n; i++)
        json_put_text(&o, column->item[i], cell->item[i]);
    json_object_end(&o);
    str_list_add(add_row(u), object.text);
    str_free(&object);
}

void unite_add_cells(struct unite *u, const struct str_list *column, const struct str_list *cell)
{
    if (u->format == ROW_CSV)
        add_csv(u, column, cell);
    else if (u->format == ROW_JSON)
        add_json(u, column, cell);
}

void unite_add_header(struct unite *u, const char *header)
{
    struct str_list column = {0};
    if (u->format == ROW_LONG)
        str_list_add(add_row(u), header);
    else if (u->format == ROW_CSV && csv_record(&header, &column))
        for (size_t i = 0; i < column.n; i++)
            column_at(u, column.item[i], i);
    str_list_free(&column);
}

void unite_add(struct unite *u, const char *output)
{
    struct str_list column = {0}, cell = {0};
    if (u->format != ROW_CSV) {
        str_list_add(add_row(u), output);
        return;
    }
    if (csv_record(&output, &column) && csv_record(&output, &cell))
        add_csv(u, &column, &cell);
    str_list_free(&column);
    str_list_free(&cell);
}

static void print_csv(const struct unite *u, struct str *out)
{
    struct csv_row header = csv_row_begin(out);
    csv_put_list(&header, &u->column);
    csv_row_end(&header);
    for (size_t r = 0; r < u->n; r++) {
        struct csv_row row = csv_row_begin(out);
        for (size_t i = 0; i < u->column.n; i++)
            csv_put(&row, i < u->row[r].n ? u->row[r].item[i] : "");
        csv_row_end(&row);
    }
}

static void print_json(const struct unite *u, struct str *out)
{
    str_add(out, "[\n");
    for (size_t r = 0; r < u->n; r++) {
        const char *object = u->row[r].item[0];
        str_add_n(out, object, strlen(object) - (str_ends_with(object, "\n") ? 1 : 0));
        str_add(out, r + 1 < u->n ? ",\n" : "\n");
    }
    str_add(out, "]\n");
}

/* Every output begins with the same header (its fields may hold line ends): it is printed once. */
static void print_long(const struct unite *u, struct str *out)
{
    struct str_list header = {0};
    for (size_t r = 0; r < u->n; r++) {
        const char *text = u->row[r].item[0];
        if (r)
            csv_record(&text, &header);
        str_add(out, text);
    }
    str_list_free(&header);
}

void unite_print(const struct unite *u, struct str *out)
{
    if (u->format == ROW_CSV)
        print_csv(u, out);
    else if (u->format == ROW_JSON)
        print_json(u, out);
    else
        print_long(u, out);
}

void unite_free(struct unite *u)
{
    for (size_t i = 0; i < u->n; i++)
        str_list_free(&u->row[i]);
    free(u->row);
    str_list_free(&u->column);
    *u = (struct unite){0};
}
