/* The formats of a finished table: one row of the registry each. */
#include "table/table.h"

#include "base/mem.h"
#include "base/num.h"
#include "io/atomic.h"
#include "io/csv.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

/* Names are never numbers, even where all of them look like it ("007"). */
static const char *const text_columns[] = {
    "patient_id", "course_id",  "roi_name", "roi_original_name",
    "roi_id",     "course_dir", "name",     NULL};

static bool is_number(const char *text, double *value)
{
    return num_parse_double(text, value) && isfinite(*value);
}

/* Which columns hold numbers only: array of t->columns.n flags (free()). */
static bool *numeric_columns(const struct table *t)
{
    bool *numeric = mem_must(calloc(t->columns.n + 1, sizeof *numeric));
    for (size_t c = 0; c < t->columns.n; c++) {
        numeric[c] = true;
        for (const char *const *name = text_columns; *name; name++)
            numeric[c] = numeric[c] && strcmp(t->columns.item[c], *name) != 0;
    }
    struct str_list cells = {0};
    for (size_t r = 0; r < t->rows; r++) {
        double value;
        table_cells(t, r, &cells);
        for (size_t c = 0; c < cells.n; c++)
            numeric[c] = numeric[c] && (!cells.item[c][0] || is_number(cells.item[c], &value));
    }
    str_list_free(&cells);
    return numeric;
}

/* --- CSV --- */

static void csv_line(const struct str_list *cells, FILE *file, struct str *line)
{
    line->len = 0;
    struct csv_row row = csv_row_begin(line);
    csv_put_list(&row, cells);
    csv_row_end(&row);
    fwrite(line->text, 1, line->len, file);
}

static bool write_csv(const struct table *t, const struct out_file *out, struct err *e)
{
    (void)e;
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

/* --- XLSX --- */

enum { XLSX_COLUMNS = 16384, XLSX_ROWS = 1048576, MOST_TEXT = 32767 };

static void xlsx_cell(lxw_worksheet *sheet, size_t row, size_t column, const char *text,
                      bool numeric)
{
    double value;
    lxw_row_t r = (lxw_row_t)row;
    lxw_col_t c = (lxw_col_t)column;
    if (!text[0])
        return;
    if (numeric && is_number(text, &value))
        worksheet_write_number(sheet, r, c, value, NULL);
    else if (strlen(text) <= MOST_TEXT)
        worksheet_write_string(sheet, r, c, text, NULL);
}

static bool write_xlsx(const struct table *t, const struct out_file *out, struct err *e)
{
    if (t->columns.n > XLSX_COLUMNS || t->rows >= XLSX_ROWS)
        return err_set(e, ERR_REFUSED, "%zu columns and %zu rows are more than XLSX takes",
                       t->columns.n, t->rows);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(out->temp, &options);
    if (!book)
        return err_set(e, ERR_FAILED, "cannot make a workbook");
    lxw_doc_properties properties = {.created = 315532800}; /* 1980-01-01: no clock in an output */
    workbook_set_properties(book, &properties);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "radiomics");
    bool *numeric = numeric_columns(t);
    for (size_t c = 0; c < t->columns.n; c++)
        xlsx_cell(sheet, 0, c, t->columns.item[c], false);
    struct str_list cells = {0};
    for (size_t r = 0; r < t->rows; r++) {
        table_cells(t, r, &cells);
        for (size_t c = 0; c < cells.n; c++)
            xlsx_cell(sheet, r + 1, c, cells.item[c], numeric[c]);
    }
    str_list_free(&cells);
    free(numeric);
    lxw_error code = workbook_close(book);
    return code == LXW_NO_ERROR || err_set(e, ERR_FAILED, "%s", lxw_strerror(code));
}

/* --- SQLite --- */

static void quote_name(struct str *s, const char *name)
{
    str_add_char(s, '"');
    for (const char *c = name; *c; c++) {
        if (*c == '"')
            str_add_char(s, '"');
        str_add_char(s, *c);
    }
    str_add_char(s, '"');
}

static bool sql(sqlite3 *db, const char *statement, struct err *e)
{
    return sqlite3_exec(db, statement, NULL, NULL, NULL) == SQLITE_OK ||
           err_set(e, ERR_FAILED, "%s", sqlite3_errmsg(db));
}

static bool create_table(sqlite3 *db, const struct table *t, const bool *numeric, struct err *e)
{
    struct str s = {0};
    str_add(&s, "CREATE TABLE radiomics (");
    for (size_t c = 0; c < t->columns.n; c++) {
        str_add(&s, c ? ", " : "");
        quote_name(&s, t->columns.item[c]);
        str_add(&s, numeric[c] ? " REAL" : " TEXT");
    }
    if (t->keyed)
        str_add(&s, ", PRIMARY KEY (patient_id, course_id, segmentation_source, roi_id)");
    str_add(&s, ")");
    bool ok = sql(db, s.text, e);
    str_free(&s);
    return ok;
}

static sqlite3_stmt *prepare_insert(sqlite3 *db, size_t columns, struct err *e)
{
    struct str s = {0};
    sqlite3_stmt *insert = NULL;
    str_add(&s, "INSERT INTO radiomics VALUES (");
    for (size_t c = 0; c < columns; c++)
        str_add(&s, c ? ",?" : "?");
    str_add(&s, ")");
    if (sqlite3_prepare_v2(db, s.text, -1, &insert, NULL) != SQLITE_OK)
        err_set(e, ERR_FAILED, "%s", sqlite3_errmsg(db));
    str_free(&s);
    return insert;
}

static bool insert_rows(sqlite3 *db, const struct table *t, const bool *numeric, struct err *e)
{
    sqlite3_stmt *insert = prepare_insert(db, t->columns.n, e);
    bool ok = insert != NULL;
    struct str_list cells = {0};
    for (size_t r = 0; ok && r < t->rows; r++) {
        table_cells(t, r, &cells);
        for (size_t c = 0; c < cells.n; c++) {
            double value;
            if (!cells.item[c][0])
                sqlite3_bind_null(insert, (int)c + 1);
            else if (numeric[c] && is_number(cells.item[c], &value))
                sqlite3_bind_double(insert, (int)c + 1, value);
            else
                sqlite3_bind_text(insert, (int)c + 1, cells.item[c], -1, SQLITE_TRANSIENT);
        }
        ok =
            sqlite3_step(insert) == SQLITE_DONE || err_set(e, ERR_FAILED, "%s", sqlite3_errmsg(db));
        sqlite3_reset(insert);
    }
    str_list_free(&cells);
    sqlite3_finalize(insert);
    return ok;
}

static bool write_sqlite(const struct table *t, const struct out_file *out, struct err *e)
{
    sqlite3 *db = NULL;
    bool *numeric = numeric_columns(t);
    bool ok = sqlite3_open(out->temp, &db) == SQLITE_OK ||
              err_set(e, ERR_FAILED, "%s", sqlite3_errmsg(db));
    int most = ok ? sqlite3_limit(db, SQLITE_LIMIT_COLUMN, -1) : 0;
    if (ok && t->columns.n > (size_t)most)
        ok = err_set(e, ERR_REFUSED, "%zu columns are more than SQLite takes (%d)", t->columns.n,
                     most);
    /* A file of our own that is renamed when it is whole needs no journal. */
    ok = ok && sql(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN", e) &&
         create_table(db, t, numeric, e) && insert_rows(db, t, numeric, e) && sql(db, "COMMIT", e);
    sqlite3_close(db);
    free(numeric);
    return ok;
}

/* --- the registry --- */

static const struct format {
    const char *ending;
    bool binary;
    bool (*write)(const struct table *t, const struct out_file *out, struct err *e);
} formats[] = {
    {".csv", false, write_csv},
    {".xlsx", true, write_xlsx},
    {".sqlite", true, write_sqlite},
    {".db", true, write_sqlite},
};

bool table_write(const struct table *t, const char *path, struct err *e)
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
    if (f->write(t, &out, e))
        return out_commit(&out, e);
    out_abort(&out);
    return err_wrap(e, "%s", path);
}
