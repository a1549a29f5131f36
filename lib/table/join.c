/* Columns of another table, row by row: clinical data beside features. */
#include "table/parts.h"

#include "base/log.h"
#include "base/mem.h"
#include "io/csv.h"

#include <stdlib.h>
#include <string.h>

/* A record of the other table by the cells of the key; their lengths keep "a","bc" and "ab","c"
 * apart. */
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
            err_set(e, ERR_REFUSED, "%s: two records with the same key: %s", path,
                    cells.item[column[0]]);
            str_list_free(&cells);
            return false;
        }
    return true;
}

/* Finds the record of every row, and warns of rows without one and of records that belong to no
 * row. */
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
        log_warning("%s: %zu of %zu records belong to no row", path, unused, other->rows);
}

/* The first row whose own cell and joined cell differ, both not empty; t->rows: none. */
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

/* Adds the names of the new columns; columns that the table has already must agree. `taken` gets
 * their indices in the other table. */
static bool name_columns(const struct table *t, const struct table *other, const char *path,
                         const struct str_list *on, struct str_list *names, size_t *taken,
                         struct err *e)
{
    for (size_t c = 0; c < other->columns.n; c++) {
        const char *name = other->columns.item[c];
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
        bool there = table_column(&t->columns, s.text) >= 0 || str_list_has(names, s.text);
        taken[names->n] = c;
        str_list_add(names, s.text);
        str_free(&s);
        if (there)
            return err_set(e, ERR_REFUSED, "%s: column %s_joined is there already", path, name);
    }
    return true;
}

/* Finds the record of every row, by the columns `ours` of the table and `theirs` of the other. */
static bool match_rows(struct table *t, const struct table *other, const char *path,
                       const struct str_list *on, const int *ours, const int *theirs, struct err *e)
{
    struct keyed *index = mem_must(calloc(other->rows + 1, sizeof *index));
    bool ok = index_other(other, path, theirs, on->n, index, e);
    if (ok)
        match(t, path, ours, on->n, other, index);
    for (size_t r = 0; r < other->rows; r++)
        free(index[r].key);
    free(index);
    return ok;
}

static bool join_other(struct table *t, struct table *other, const char *path,
                       const struct str_list *on, struct err *e)
{
    int *ours = mem_must(calloc(on->n + 1, sizeof *ours));
    int *theirs = mem_must(calloc(on->n + 1, sizeof *theirs));
    size_t *taken = mem_must(calloc(other->columns.n + 1, sizeof *taken));
    struct str_list names = {0};
    bool ok = find_columns(&t->columns, "the table", on, ours, e) &&
              find_columns(&other->columns, path, on, theirs, e) &&
              match_rows(t, other, path, on, ours, theirs, e) &&
              name_columns(t, other, path, on, &names, taken, e);
    for (size_t i = 0; ok && i < names.n; i++)
        str_list_add(&t->columns, names.item[i]);
    t->joins = ok ? names.n : 0;
    t->joined = taken;
    str_list_free(&names);
    free(theirs);
    free(ours);
    return ok;
}

bool table_join(struct table *t, const char *path, const struct str_list *on, struct err *e)
{
    t->other = mem_must(calloc(1, sizeof *t->other));
    t->other->allow = TABLE_ALLOW_PARAMETERS;
    return table_add(t->other, path, e) && table_finish(t->other, e) &&
           join_other(t, t->other, path, on, e);
}
