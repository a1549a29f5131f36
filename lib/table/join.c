/* Columns of another table, row by row: clinical data beside features. */
#include "table/parts.h"

#include "base/log.h"
#include "base/mem.h"
#include "io/csv.h"

#include <stdlib.h>
#include <string.h>

struct table_joined {
    struct table other; /* whose text the records lie in */
    size_t *column;     /* of other.columns, which became columns of the table */
    size_t columns;
};

/* A record of the other table by the cells of the key, each ended by a byte that no cell begins
 * with after it: lengths keep "a","bc" and "ab","c" apart. */
struct keyed {
    char *key;
    size_t row;
    bool used;
};

static char *key_of(const struct str_list *cells, const int *column, size_t n)
{
    struct str s = {0};
    for (size_t i = 0; i < n; i++)
        str_addf(&s, "%zu:%s", strlen(cells->item[column[i]]), cells->item[column[i]]);
    return str_take(&s);
}

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    return strcmp(x->key, y->key);
}

static bool find_columns(const struct str_list *columns, const char *what,
                         const struct str_list *on, int *found, struct err *e)
{
    for (size_t i = 0; i < on->n; i++)
        if ((found[i] = table_column(columns, on->item[i])) < 0)
            return err_set(e, ERR_USAGE, "%s: no column %s to join on", what, on->item[i]);
    return true;
}

/* The records of the other table by their keys, sorted. */
static bool index_other(const struct table *other, const char *path, const int *column, size_t n,
                        struct keyed *index, struct err *e)
{
    struct str_list cells = {0};
    for (size_t r = 0; r < other->rows; r++) {
        table_cells(other, r, &cells);
        index[r] = (struct keyed){key_of(&cells, column, n), r, false};
    }
    str_list_free(&cells);
    if (other->rows)
        qsort(index, other->rows, sizeof *index, by_key);
    for (size_t r = 1; r < other->rows; r++)
        if (strcmp(index[r - 1].key, index[r].key) == 0) {
            table_cells(other, index[r].row, &cells);
            err_set(e, ERR_REFUSED, "%s: two records of one key: %s", path, cells.item[column[0]]);
            str_list_free(&cells);
            return false;
        }
    return true;
}

/* The record of every row; says how many have none, and how many records nobody asked for. */
static void match(struct table *t, const char *path, const int *column, size_t n,
                  const struct table *other, struct keyed *index)
{
    struct str_list cells = {0};
    size_t without = 0, unused = 0;
    for (size_t r = 0; r < t->rows; r++) {
        table_cells(t, r, &cells);
        struct keyed wanted = {.key = key_of(&cells, column, n)};
        struct keyed *found =
            other->rows ? bsearch(&wanted, index, other->rows, sizeof *index, by_key) : NULL;
        free(wanted.key);
        if (found)
            found->used = true;
        without += !found;
        t->row[r].joined = found ? other->row[found->row].text : NULL;
    }
    str_list_free(&cells);
    for (size_t r = 0; r < other->rows; r++)
        unused += !index[r].used;
    if (without)
        log_warning("%s: no record for %zu of %zu rows", path, without, t->rows);
    if (unused)
        log_warning("%s: %zu of %zu records are of no row", path, unused, other->rows);
}

/* A row whose own cell and joined one differ, where both are there; t->rows: none. */
static size_t disagreement(const struct table *t, size_t own, size_t others)
{
    struct str_list cells = {0}, record = {0};
    size_t r = 0;
    for (; r < t->rows; r++) {
        const char *at = t->row[r].joined;
        if (!at || !csv_record(&at, &record))
            continue;
        table_cells(t, r, &cells);
        const char *a = cells.item[own], *b = record.item[others];
        if (*a && *b && strcmp(a, b) != 0)
            break;
    }
    str_list_free(&cells);
    str_list_free(&record);
    return r;
}

/* Names of the new columns; those that the table has already must agree. */
static bool name_columns(struct table *t, struct table_joined *j, const char *path,
                         const struct str_list *on, struct str_list *names, struct err *e)
{
    const struct str_list *columns = &j->other.columns;
    j->column = mem_must(calloc(columns->n + 1, sizeof *j->column));
    for (size_t c = 0; c < columns->n; c++) {
        const char *name = columns->item[c];
        int own = table_column(&t->columns, name);
        size_t row = own < 0 ? t->rows : disagreement(t, (size_t)own, c);
        if (str_list_has(on, name) || (own >= 0 && row == t->rows))
            continue;
        if (own >= 0 && !(t->allow & TABLE_ALLOW_COLUMNS))
            return err_set(e, ERR_REFUSED,
                           "%s: column %s disagrees with the table's (--allow columns takes it as "
                           "%s_joined)",
                           path, name, name);
        struct str s = {0};
        str_addf(&s, "%s%s", name, own >= 0 ? "_joined" : "");
        bool taken = table_column(&t->columns, s.text) >= 0 || str_list_has(names, s.text);
        str_list_add(names, s.text);
        str_free(&s);
        if (taken)
            return err_set(e, ERR_REFUSED, "%s: column %s_joined is there already", path, name);
        j->column[j->columns++] = c;
    }
    return true;
}

/* Records are kept as text and read by their own header: that of one file is in its order. */
static bool join_other(struct table *t, struct table_joined *j, const char *path,
                       const struct str_list *on, struct err *e)
{
    int *ours = mem_must(calloc(on->n + 1, sizeof *ours));
    int *theirs = mem_must(calloc(on->n + 1, sizeof *theirs));
    struct keyed *index = NULL;
    struct str_list names = {0};
    bool ok = table_add(&j->other, path, e) && table_finish(&j->other, e);
    if (ok)
        index = mem_must(calloc(j->other.rows + 1, sizeof *index));
    ok = ok && find_columns(&t->columns, "the table", on, ours, e) &&
         find_columns(&j->other.columns, path, on, theirs, e) &&
         index_other(&j->other, path, theirs, on->n, index, e);
    if (ok) {
        match(t, path, ours, on->n, &j->other, index);
        ok = name_columns(t, j, path, on, &names, e);
    }
    for (size_t i = 0; ok && i < names.n; i++)
        str_list_add(&t->columns, names.item[i]);
    for (size_t r = 0; index && r < j->other.rows; r++)
        free(index[r].key);
    str_list_free(&names);
    free(index);
    free(theirs);
    free(ours);
    return ok;
}

bool table_join(struct table *t, const char *path, const struct str_list *on, struct err *e)
{
    struct table_joined *j = mem_must(calloc(1, sizeof *j));
    j->other.allow = TABLE_ALLOW_PARAMETERS;
    bool ok = join_other(t, j, path, on, e);
    if (ok)
        t->joined = j;
    else
        joined_free(j);
    return ok;
}

size_t joined_columns(const struct table_joined *j)
{
    return j ? j->columns : 0;
}

void joined_cells(const struct table_joined *j, const char *record, struct str_list *cells)
{
    struct str_list theirs = {0};
    if (record)
        csv_record(&record, &theirs);
    for (size_t i = 0; j && i < j->columns; i++)
        str_list_add(cells, record ? theirs.item[j->column[i]] : "");
    str_list_free(&theirs);
}

void joined_free(struct table_joined *j)
{
    if (!j)
        return;
    table_free(&j->other);
    free(j->column);
    free(j);
}
