/* Workbooks: one sheet per table, its header frozen and filtered. */
#include "table/parts.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { XLSX_COLUMNS = 16384, XLSX_ROWS = 1048576, MOST_TEXT = 32767 };

static bool fits(const struct table_sheet *sheet, struct err *e)
{
    const struct table *t = sheet->table;
    return (t->columns.n <= XLSX_COLUMNS && t->rows < XLSX_ROWS) ||
           err_set(e, ERR_REFUSED, "%s: %zu columns and %zu rows are more than XLSX takes",
                   sheet->name, t->columns.n, t->rows);
}

static lxw_error write_cell(lxw_worksheet *sheet, size_t row, size_t column, const char *text,
                            bool numeric)
{
    double value;
    lxw_row_t r = (lxw_row_t)row;
    lxw_col_t c = (lxw_col_t)column;
    if (!text[0])
        return LXW_NO_ERROR;
    if (numeric && table_is_number(text, &value))
        return worksheet_write_number(sheet, r, c, value, NULL);
    if (strlen(text) <= MOST_TEXT)
        return worksheet_write_string(sheet, r, c, text, NULL);
    return LXW_NO_ERROR;
}

static lxw_error write_rows(lxw_worksheet *to, const struct table *t)
{
    lxw_error code = LXW_NO_ERROR;
    bool *numeric = table_numeric(t);
    struct str_list cells = {0};
    for (size_t c = 0; c < t->columns.n && code == LXW_NO_ERROR; c++)
        code = write_cell(to, 0, c, t->columns.item[c], false);
    for (size_t r = 0; r < t->rows && code == LXW_NO_ERROR; r++) {
        table_cells(t, r, &cells);
        for (size_t c = 0; c < cells.n && code == LXW_NO_ERROR; c++)
            code = write_cell(to, r + 1, c, cells.item[c], numeric[c]);
    }
    str_list_free(&cells);
    free(numeric);
    return code;
}

static lxw_error write_sheet(lxw_workbook *book, const struct table_sheet *sheet)
{
    const struct table *t = sheet->table;
    lxw_worksheet *to = workbook_add_worksheet(book, sheet->name);
    if (!to)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    worksheet_freeze_panes(to, 1, 0);
    if (t->columns.n)
        worksheet_autofilter(to, 0, 0, (lxw_row_t)t->rows, (lxw_col_t)(t->columns.n - 1));
    return write_rows(to, t);
}

/* The library has lines of its own for standard error, which name temporary files; ours says it in
 * one. Until stderr_back they go nowhere. */
static int stderr_away(void)
{
    int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3), nowhere = open("/dev/null", O_WRONLY);
    fflush(stderr);
    if (kept >= 0 && nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
    if (nowhere >= 0)
        close(nowhere);
    return kept;
}

static void stderr_back(int kept)
{
    fflush(stderr);
    if (kept >= 0) {
        dup2(kept, STDERR_FILENO);
        close(kept);
    }
}

/* Rows go to a file of its own first: beside the output, because the library would silently lose
 * rows when the system's folder of temporary files is full. */
static bool write_book(const struct table_sheet *sheet, size_t n, const char *path, struct err *e)
{
    char *folder = path_dir(path);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = folder};
    int kept = stderr_away();
    lxw_workbook *book = workbook_new_opt(path, &options);
    if (!book) {
        stderr_back(kept);
        free(folder);
        return err_set(e, ERR_FAILED, "cannot make a workbook");
    }
    lxw_doc_properties properties = {.created = 315532800}; /* 1980-01-01: no clock in an output */
    workbook_set_properties(book, &properties);
    lxw_error code = LXW_NO_ERROR;
    for (size_t i = 0; i < n && code == LXW_NO_ERROR; i++)
        code = write_sheet(book, &sheet[i]);
    lxw_error closed = workbook_close(book);
    stderr_back(kept);
    free(folder);
    code = code == LXW_NO_ERROR ? closed : code;
    return code == LXW_NO_ERROR || err_set(e, ERR_FAILED, "%s", lxw_strerror(code));
}

/* The library does not look at what most of its writes return. Those that fail for long are noticed
 * by the rows that are missing; for one that fails once, and loses a piece in the middle of a
 * sheet, the book is written a second time, and must come out the same. */
bool write_xlsx(const struct table_sheet *sheet, size_t n, const struct out_file *out,
                struct err *e)
{
    struct out_file again;
    for (size_t i = 0; i < n; i++)
        if (!fits(&sheet[i], e))
            return false;
    if (!write_book(sheet, n, out->temp, e) || !xlsx_check(out->temp, sheet, n, e) ||
        !out_open(&again, out->path, false, true, e))
        return false;
    bool ok = write_book(sheet, n, again.temp, e) &&
              (same_bytes(out->temp, again.temp) ||
               err_set(e, ERR_FAILED, "the workbook was not written as it should be"));
    out_abort(&again);
    return ok;
}
