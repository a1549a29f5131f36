/* The formats of finished tables: one row of the registry each. */
#include "table/parts.h"

#include "io/csv.h"

#include <string.h>

static void csv_line(const struct str_list *cells, FILE *file, struct str *line)
{
    line->len = 0;
    struct csv_row row = csv_row_begin(line);
    csv_put_list(&row, cells);
    csv_row_end(&row);
    fwrite(line->text, 1, line->len, file);
}

bool write_csv(const struct table_sheet *sheet, size_t n, const struct out_file *out, struct err *e)
{
    const struct table *t = sheet[0].table;
    if (n > 1)
        return err_set(e, ERR_USAGE, "CSV holds one table: several go into .xlsx, .sqlite or .db");
    struct str line = {0};
    struct str_list cells = {0};
    csv_line(&t->columns, out->file, &line);
    for (size_t r = 0; r < t->rows; r++) {
        table_cells(t, r, &cells);
        csv_line(&cells, out->file, &line);
    }
    str_list_free(&cells);
    str_free(&line);
    return true; /* out_commit reports a failed write */
}

static const struct format {
    const char *ending;
    bool binary;
    bool (*write)(const struct table_sheet *sheet, size_t n, const struct out_file *out,
                  struct err *e);
} formats[] = {
    {".csv", false, write_csv},
    {".xlsx", true, write_xlsx},
    {".sqlite", true, write_sqlite},
    {".db", true, write_sqlite},
};

bool table_write(const struct table_sheet *sheet, size_t n, const char *path, struct err *e)
{
    const struct format *f = strcmp(path, "-") == 0 ? &formats[0] : NULL;
    for (size_t i = 0; !f && i < sizeof formats / sizeof formats[0]; i++)
        if (str_ends_with(path, formats[i].ending))
            f = &formats[i];
    if (!f)
        return err_set(e, ERR_USAGE, "%s: a table is .csv, .xlsx, .sqlite or .db", path);
    struct out_file out;
    if (!out_open(&out, path, true, f->binary, e))
        return false;
    if (f->write(sheet, n, &out, e))
        return out_commit(&out, e);
    out_abort(&out);
    return err_wrap(e, "%s", path);
}
