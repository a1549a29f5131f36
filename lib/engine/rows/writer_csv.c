/* Wide CSV: a header and one row. */
#include "engine/rows/unite.h"
#include "io/csv.h"

#include <string.h>

static void put_line(const struct str_list *cells, struct str *out)
{
    struct csv_row row = csv_row_begin(out);
    csv_put_list(&row, cells);
    csv_row_end(&row);
}

static void csv_header(const struct case_row *r, struct str *out)
{
    put_line(&r->name, out);
}

static void csv_case(const struct case_row *r, struct str *out)
{
    put_line(&r->text, out);
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

static void csv_unite_cells(struct unite *u, const struct str_list *column,
                            const struct str_list *cell)
{
    struct str_list *row = unite_row(u);
    for (size_t i = 0; i < column->n && i < cell->n; i++)
        str_list_set(row, column_at(u, column->item[i], i), cell->item[i]);
}

static void csv_unite_header(struct unite *u, const char *header)
{
    struct str_list column = {0};
    if (csv_record(&header, &column))
        for (size_t i = 0; i < column.n; i++)
            column_at(u, column.item[i], i);
    str_list_free(&column);
}

static void csv_unite_text(struct unite *u, const char *output)
{
    struct str_list column = {0}, cell = {0};
    if (csv_record(&output, &column) && csv_record(&output, &cell))
        csv_unite_cells(u, &column, &cell);
    str_list_free(&column);
    str_list_free(&cell);
}

static void csv_unite_print(const struct unite *u, struct str *out)
{
    put_line(&u->column, out);
    for (size_t r = 0; r < u->n; r++) {
        struct csv_row row = csv_row_begin(out);
        for (size_t i = 0; i < u->column.n; i++)
            csv_put(&row, i < u->row[r].n ? u->row[r].item[i] : "");
        csv_row_end(&row);
    }
}

const struct row_writer writer_csv = {
    .name = "csv",
    .summary = "header and one row",
    .header = csv_header,
    .record = csv_case,
    .unite_header = csv_unite_header,
    .unite_text = csv_unite_text,
    .unite_cells = csv_unite_cells,
    .unite_print = csv_unite_print,
};
