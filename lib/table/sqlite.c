/* Data bases: one table per table, typed and indexed. SQLite takes 2,000 columns; a table of more
 * is laid out by values:
 *
 *     NAME          row, and the columns in front of the first number (names, ids)
 *     NAME_column   number, name of every other column, in their order
 *     NAME_value    row, column, value (none for an empty cell)
 *     NAME_long     a view of the three: the row's names, the column's name, the value */
#include "table/parts.h"

#include "base/mem.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct base {
    sqlite3 *db;
    const struct table_sheet *sheet;
    const bool *numeric;
    size_t wide; /* how many columns the table itself has */
};

static bool failed(sqlite3 *db, struct err *e)
{
    return err_set(e, ERR_FAILED, "%s", sqlite3_errmsg(db));
}

/* "text", or "text_suffix": as a name in SQL. */
static void add_name(struct str *s, const char *text, const char *suffix)
{
    str_add_char(s, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"')
            str_add_char(s, '"');
        str_add_char(s, *c);
    }
    str_addf(s, "%s\"", suffix);
}

/* Runs and frees the statements. */
static bool run(sqlite3 *db, struct str *statements, struct err *e)
{
    bool ok =
        sqlite3_exec(db, str_text(statements), NULL, NULL, NULL) == SQLITE_OK || failed(db, e);
    str_free(statements);
    return ok;
}

static sqlite3_stmt *prepare_insert(const struct base *b, const char *suffix, size_t values,
                                    struct err *e)
{
    struct str s = {0};
    sqlite3_stmt *insert = NULL;
    str_add(&s, "INSERT INTO ");
    add_name(&s, b->sheet->name, suffix);
    str_add(&s, " VALUES (");
    for (size_t c = 0; c < values; c++)
        str_add(&s, c ? ",?" : "?");
    str_add(&s, ")");
    if (sqlite3_prepare_v2(b->db, s.text, -1, &insert, NULL) != SQLITE_OK)
        failed(b->db, e);
    str_free(&s);
    return insert;
}

static void bind(sqlite3_stmt *insert, size_t at, const char *text, bool numeric)
{
    double value;
    if (!text[0])
        sqlite3_bind_null(insert, (int)at);
    else if (numeric && table_is_number(text, &value))
        sqlite3_bind_double(insert, (int)at, value);
    else
        sqlite3_bind_text(insert, (int)at, text, -1, SQLITE_TRANSIENT);
}

static bool step(const struct base *b, sqlite3_stmt *insert, struct err *e)
{
    bool ok = sqlite3_step(insert) == SQLITE_DONE || failed(b->db, e);
    sqlite3_reset(insert);
    return ok;
}

/* --- what there is --- */

static bool is_long(const struct base *b)
{
    return b->wide < b->sheet->table->columns.n;
}

static bool is_unique(const struct table *t)
{
    return t->keyed && !t->repeated;
}

static bool create_table(const struct base *b, struct err *e)
{
    const struct table *t = b->sheet->table;
    struct str s = {0};
    str_add(&s, "CREATE TABLE ");
    add_name(&s, b->sheet->name, "");
    str_add(&s, is_long(b) ? " (\"row\" INTEGER PRIMARY KEY" : " (");
    for (size_t c = 0; c < b->wide; c++) {
        str_add(&s, c || is_long(b) ? ", " : "");
        add_name(&s, t->columns.item[c], "");
        str_add(&s, b->numeric[c] ? " REAL" : " TEXT");
    }
    for (int k = 0; is_unique(t) && k < TABLE_KEYS; k++)
        str_addf(&s, "%s%s",
                 k            ? ", "
                 : is_long(b) ? ", UNIQUE ("
                              : ", PRIMARY KEY (",
                 table_key_names[k]);
    str_add(&s, is_unique(t) ? "))" : ")");
    return run(b->db, &s, e);
}

/* Indices for the columns that queries select by: patients, courses, names of regions. */
static bool create_indices(const struct base *b, struct err *e)
{
    static const char *const looked_for[] = {"patient_id", "course_id", "roi_name", NULL};
    struct str s = {0};
    for (const char *const *column = looked_for; *column; column++) {
        int at = table_column(&b->sheet->table->columns, *column);
        if (at < 0 || (size_t)at >= b->wide)
            continue;
        struct str name = {0};
        str_addf(&name, "_by_%s", *column);
        str_add(&s, "CREATE INDEX ");
        add_name(&s, b->sheet->name, name.text);
        str_add(&s, " ON ");
        add_name(&s, b->sheet->name, "");
        str_addf(&s, " (%s);", *column);
        str_free(&name);
    }
    return run(b->db, &s, e);
}

static bool create_long(const struct base *b, struct err *e)
{
    const char *name = b->sheet->name;
    struct str s = {0};
    str_add(&s, "CREATE TABLE ");
    add_name(&s, name, "_column");
    str_add(&s, " (\"column\" INTEGER PRIMARY KEY, name TEXT UNIQUE); CREATE TABLE ");
    add_name(&s, name, "_value");
    str_add(&s, " (\"row\" INTEGER, \"column\" INTEGER, value, PRIMARY KEY (\"row\", \"column\")) "
                "WITHOUT ROWID; CREATE VIEW ");
    add_name(&s, name, "_long");
    str_add(&s, " AS SELECT t.*, c.name AS \"column\", v.value FROM ");
    add_name(&s, name, "_value");
    str_add(&s, " v JOIN ");
    add_name(&s, name, "_column");
    str_add(&s, " c USING (\"column\") JOIN ");
    add_name(&s, name, "");
    str_add(&s, " t USING (\"row\")");
    if (!run(b->db, &s, e))
        return false;
    sqlite3_stmt *insert = prepare_insert(b, "_column", 2, e);
    bool ok = insert != NULL;
    for (size_t c = b->wide; ok && c < b->sheet->table->columns.n; c++) {
        sqlite3_bind_int64(insert, 1, (sqlite3_int64)c);
        sqlite3_bind_text(insert, 2, b->sheet->table->columns.item[c], -1, SQLITE_TRANSIENT);
        ok = step(b, insert, e);
    }
    sqlite3_finalize(insert);
    return ok;
}

/* --- rows --- */

static bool insert_values(const struct base *b, sqlite3_stmt *insert, size_t row,
                          const struct str_list *cells, struct err *e)
{
    bool ok = true;
    for (size_t c = b->wide; ok && c < cells->n; c++) {
        if (!cells->item[c][0])
            continue;
        sqlite3_bind_int64(insert, 1, (sqlite3_int64)row);
        sqlite3_bind_int64(insert, 2, (sqlite3_int64)c);
        bind(insert, 3, cells->item[c], b->numeric[c]);
        ok = step(b, insert, e);
    }
    return ok;
}

static bool insert_rows(const struct base *b, struct err *e)
{
    const size_t first = is_long(b) ? 1 : 0;
    sqlite3_stmt *insert = prepare_insert(b, "", b->wide + first, e), *values = NULL;
    bool ok = insert != NULL;
    if (ok && is_long(b))
        ok = (values = prepare_insert(b, "_value", 3, e)) != NULL;
    struct str_list cells = {0};
    for (size_t r = 0; ok && r < b->sheet->table->rows; r++) {
        table_cells(b->sheet->table, r, &cells);
        if (first)
            sqlite3_bind_int64(insert, 1, (sqlite3_int64)r + 1);
        for (size_t c = 0; c < b->wide; c++)
            bind(insert, c + 1 + first, cells.item[c], b->numeric[c]);
        ok = step(b, insert, e) && (!values || insert_values(b, values, r + 1, &cells, e));
    }
    str_list_free(&cells);
    sqlite3_finalize(insert);
    sqlite3_finalize(values);
    return ok;
}

/* --- one table, all of them --- */

static size_t wide_columns(sqlite3 *db, const struct table *t, const bool *numeric)
{
    size_t n = 0;
    if (t->columns.n <= (size_t)sqlite3_limit(db, SQLITE_LIMIT_COLUMN, -1))
        return t->columns.n;
    while (n < t->columns.n && !numeric[n] && !str_starts_with(t->columns.item[n], "diagnostics_"))
        n++;
    return n;
}

static bool write_one(sqlite3 *db, const struct table_sheet *sheet, struct err *e)
{
    bool *numeric = table_numeric(sheet->table);
    const struct base b = {db, sheet, numeric, wide_columns(db, sheet->table, numeric)};
    bool ok = create_table(&b, e) && (!is_long(&b) || create_long(&b, e)) && insert_rows(&b, e) &&
              create_indices(&b, e);
    free(numeric);
    return ok;
}

bool write_sqlite(const struct table_sheet *sheet, size_t n, const struct out_file *out,
                  struct err *e)
{
    /* The file is written under a temporary name and renamed when it is complete, so it needs no
     * journal. */
    static const char begin[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN";
    sqlite3 *db = NULL;
    struct str first = {0}, last = {0};
    str_add(&first, begin);
    str_add(&last, "COMMIT");
    bool ok = (sqlite3_open(out->temp, &db) == SQLITE_OK || failed(db, e)) && run(db, &first, e);
    for (size_t i = 0; ok && i < n; i++)
        ok = write_one(db, &sheet[i], e);
    ok = ok && run(db, &last, e);
    sqlite3_close(db);
    str_free(&first);
    str_free(&last);
    return ok;
}
