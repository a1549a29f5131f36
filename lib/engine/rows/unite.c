#include "engine/rows/unite.h"

#include <stdlib.h>

struct str_list *unite_row(struct unite *u)
{
    struct str_list *row = realloc(u->row, (u->n + 1) * sizeof *row);
    if (!row) {
        str_list_fail(&u->column);
        return &u->spare;
    }
    u->row = row;
    u->row[u->n] = (struct str_list){0};
    return &u->row[u->n++];
}

void unite_keep_text(struct unite *u, const char *output)
{
    str_list_add(unite_row(u), output);
}

void unite_add(struct unite *u, const char *output)
{
    u->writer->unite_text(u, output);
}

void unite_add_cells(struct unite *u, const struct str_list *column, const struct str_list *cell)
{
    if (u->writer->unite_cells)
        u->writer->unite_cells(u, column, cell);
}

void unite_print(const struct unite *u, struct str *out)
{
    if (u->column.failed)
        str_fail(out);
    else
        u->writer->unite_print(u, out);
}

void unite_free(struct unite *u)
{
    for (size_t i = 0; i < u->n; i++)
        str_list_free(&u->row[i]);
    free(u->row);
    str_list_free(&u->column);
    str_list_free(&u->spare);
    *u = (struct unite){0};
}
