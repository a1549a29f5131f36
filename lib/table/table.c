#include "table/table.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "io/csv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct table_source {
    char *path, *text;
    struct str_list header;
    size_t *place; /* of each column of the header in table.columns */
    int key[TABLE_KEYS];
    bool keyed;
};

static const char *const key_names[TABLE_KEYS] = {"patient_id", "course_id", "segmentation_source",
                                                  "roi_id"};

static int column_of(const struct str_list *columns, const char *name)
{
    for (size_t i = 0; i < columns->n; i++)
        if (strcmp(columns->item[i], name) == 0)
            return (int)i;
    return -1;
}

/* --- reading --- */

static struct table_source *new_source(struct table *t, const char *path, char *text)
{
    struct table_source *s = mem_must(calloc(1, sizeof *s));
    s->path = mem_strdup(path);
    s->text = text;
    t->source = mem_grow(t->source, t->sources + 1, sizeof *t->source);
    t->source[t->sources++] = s;
    return s;
}

static bool read_header(struct table_source *s, const char **at, struct err *e)
{
    if (!csv_record(at, &s->header))
        return err_set(e, ERR_REFUSED, "%s: no header", s->path);
    struct str_list sorted = {0};
    for (size_t i = 0; i < s->header.n; i++)
        str_list_add(&sorted, s->header.item[i]);
    str_list_sort(&sorted);
    bool ok = true;
    for (size_t i = 1; ok && i < sorted.n; i++)
        if (strcmp(sorted.item[i - 1], sorted.item[i]) == 0)
            ok = err_set(e, ERR_REFUSED, "%s: column %s twice", s->path, sorted.item[i]);
    str_list_free(&sorted);
    s->keyed = true;
    for (int k = 0; k < TABLE_KEYS; k++) {
        s->key[k] = column_of(&s->header, key_names[k]);
        s->keyed = s->keyed && s->key[k] >= 0;
    }
    return ok;
}

static void add_row(struct table *t, const struct table_source *s, const char *text,
                    const struct str_list *cells)
{
    if (t->rows == t->room) {
        t->room = t->room ? 2 * t->room : 64;
        t->row = mem_grow(t->row, t->room, sizeof *t->row);
    }
    struct table_row *row = &t->row[t->rows++];
    *row = (struct table_row){.source = s, .text = text};
    for (int k = 0; s->keyed && k < TABLE_KEYS; k++)
        row->key[k] = mem_strdup(cells->item[s->key[k]]);
}

static bool is_blank(const struct str_list *cells)
{
    return cells->n == 1 && cells->item[0][0] == '\0';
}

bool table_add(struct table *t, const char *path, struct err *e)
{
    size_t bytes;
    char *text = file_read(path, SIZE_MAX / 2, &bytes, e);
    if (!text)
        return false;
    struct table_source *s = new_source(t, path, text);
    const char *at = csv_begin(text);
    if (!read_header(s, &at, e))
        return false;
    struct str_list cells = {0};
    bool ok = true;
    for (const char *start = at; ok && csv_record(&at, &cells); start = at) {
        if (is_blank(&cells) && s->header.n > 1)
            continue;
        if (cells.n != s->header.n)
            ok = err_set(e, ERR_REFUSED, "%s: a record of %zu fields under a header of %zu: %.60s",
                         path, cells.n, s->header.n, cells.item[0]);
        else
            add_row(t, s, start, &cells);
    }
    str_list_free(&cells);
    return ok;
}

/* --- columns --- */

static void insert_column(struct str_list *columns, size_t at, const char *name)
{
    str_list_add(columns, name); /* makes room */
    char *last = columns->item[columns->n - 1];
    memmove(&columns->item[at + 1], &columns->item[at],
            (columns->n - 1 - at) * sizeof *columns->item);
    columns->item[at] = last;
}

/* Where the columns in front of a header's first known one go: before that; else to the end. */
static size_t first_known(const struct str_list *columns, const struct str_list *header)
{
    for (size_t i = 0; i < header->n; i++) {
        int found = column_of(columns, header->item[i]);
        if (found >= 0)
            return (size_t)found;
    }
    return columns->n;
}

static void unite_columns(struct str_list *columns, const struct str_list *header)
{
    size_t next = first_known(columns, header); /* then: behind the column that came before */
    for (size_t i = 0; i < header->n; i++) {
        const char *name = header->item[i];
        bool expected = next < columns->n && strcmp(columns->item[next], name) == 0;
        int found = expected ? (int)next : column_of(columns, name);
        if (found < 0) {
            insert_column(columns, next, name);
            found = (int)next;
        }
        next = (size_t)found + 1;
    }
}

static void place_columns(const struct table *t, struct table_source *s)
{
    s->place = mem_must(calloc(s->header.n + 1, sizeof *s->place));
    for (size_t i = 0; i < s->header.n; i++) {
        const char *name = s->header.item[i];
        bool same = i < t->columns.n && strcmp(t->columns.item[i], name) == 0;
        s->place[i] = same ? i : (size_t)column_of(&t->columns, name);
    }
}

/* --- rows --- */

static int by_key(const void *a, const void *b)
{
    const struct table_row *x = a, *y = b;
    int order = 0;
    for (int k = 0; order == 0 && k < TABLE_KEYS; k++)
        order = strcmp(x->key[k], y->key[k]);
    return order;
}

static bool sort_rows(struct table *t, struct err *e)
{
    qsort(t->row, t->rows, sizeof *t->row, by_key);
    for (size_t i = 1; i < t->rows; i++) {
        const struct table_row *r = &t->row[i];
        if (by_key(r - 1, r) == 0)
            return err_set(e, ERR_REFUSED, "two rows of one key: %s %s %s %s (%s and %s)",
                           r->key[0], r->key[1], r->key[2], r->key[3], (r - 1)->source->path,
                           r->source->path);
    }
    return true;
}

bool table_finish(struct table *t, struct err *e)
{
    t->keyed = t->sources > 0;
    for (size_t i = 0; i < t->sources; i++) {
        unite_columns(&t->columns, &t->source[i]->header);
        t->keyed = t->keyed && t->source[i]->keyed;
    }
    for (size_t i = 0; i < t->sources; i++)
        place_columns(t, t->source[i]);
    return !t->keyed || !t->rows || sort_rows(t, e);
}

void table_cells(const struct table *t, size_t row, struct str_list *cells)
{
    const struct table_row *r = &t->row[row];
    struct str_list own = {0};
    const char *at = r->text;
    csv_record(&at, &own);
    char **ordered = mem_must(calloc(t->columns.n + 1, sizeof *ordered));
    for (size_t i = 0; i < own.n; i++)
        ordered[r->source->place[i]] = own.item[i];
    str_list_free(cells);
    for (size_t i = 0; i < t->columns.n; i++)
        str_list_add(cells, ordered[i] ? ordered[i] : "");
    free(ordered);
    str_list_free(&own);
}

void table_free(struct table *t)
{
    for (size_t i = 0; i < t->rows; i++)
        for (int k = 0; k < TABLE_KEYS; k++)
            free(t->row[i].key[k]);
    for (size_t i = 0; i < t->sources; i++) {
        struct table_source *s = t->source[i];
        free(s->path);
        free(s->text);
        free(s->place);
        str_list_free(&s->header);
        free(s);
    }
    free(t->source);
    free(t->row);
    str_list_free(&t->columns);
    *t = (struct table){0};
}
