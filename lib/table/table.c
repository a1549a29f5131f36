#include "table/parts.h"

#include "base/mem.h"
#include "io/csv.h"
#include "io/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

const char *const table_key_names[TABLE_KEYS] = {"patient_id", "course_id", "segmentation_source",
                                                 "roi_id"};

int table_column(const struct str_list *columns, const char *name)
{
    for (size_t i = 0; i < columns->n; i++)
        if (strcmp(columns->item[i], name) == 0)
            return (int)i;
    return -1;
}

/* --- headers --- */

static bool check_header(const struct table_header *h, const char *path, struct err *e)
{
    struct str_list sorted = {0};
    for (size_t i = 0; i < h->names.n; i++)
        str_list_add(&sorted, h->names.item[i]);
    str_list_sort(&sorted);
    bool ok = true;
    for (size_t i = 1; ok && i < sorted.n; i++)
        if (strcmp(sorted.item[i - 1], sorted.item[i]) == 0)
            ok = err_set(e, ERR_REFUSED, "%s: column %s twice", path, sorted.item[i]);
    str_list_free(&sorted);
    return ok;
}

/* A header of one name that contains a separator. */
static bool check_separator(const struct table_header *h, const char *path, struct err *e)
{
    const char *text = h->text;
    char separator = csv_guess(&text).separator;
    return h->names.n > 1 || separator == ',' ||
           err_set(e, ERR_REFUSED, "%s: the columns are separated by %s, not by commas", path,
                   csv_separator_name(separator));
}

static void find_columns(struct table_header *h)
{
    h->keyed = true;
    for (int k = 0; k < TABLE_KEYS; k++) {
        h->key[k] = table_column(&h->names, table_key_names[k]);
        h->keyed = h->keyed && h->key[k] >= 0;
    }
    h->modality = table_column(&h->names, "modality");
    h->configuration = mem_must(calloc(h->names.n + 1, sizeof *h->configuration));
    for (size_t i = 0; i < h->names.n; i++)
        if (str_starts_with(h->names.item[i], "diagnostics_Configuration_"))
            h->configuration[h->configurations++] = i;
}

/* The header at *at, which is advanced past it; shared with the last file when the text is the
 * same. */
static const struct table_header *read_header(struct table *t, const char *path, const char **at,
                                              struct err *e)
{
    const struct table_header *last = t->headers ? t->header[t->headers - 1] : NULL;
    bool whole = last && last->bytes && last->text[last->bytes - 1] == '\n';
    if (whole && strncmp(*at, last->text, last->bytes) == 0) {
        *at += last->bytes;
        return last;
    }
    const char *start = *at;
    struct table_header *h = mem_must(calloc(1, sizeof *h));
    t->header = mem_grow(t->header, t->headers + 1, sizeof *t->header);
    t->header[t->headers++] = h;
    bool ok = csv_record(at, &h->names) || err_set(e, ERR_REFUSED, "%s: no header", path);
    struct str text = {0};
    str_add_n(&text, start, (size_t)(*at - start));
    h->bytes = text.len;
    h->text = mem_strdup(str_text(&text));
    str_free(&text);
    if (!ok || !check_separator(h, path, e) || !check_header(h, path, e))
        return NULL;
    find_columns(h);
    return h;
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

static void add_row(struct table *t, const struct table_source *s, const char *text,
                    const struct str_list *cells)
{
    if (t->rows == t->room) {
        t->room = t->room ? 2 * t->room : 64;
        t->row = mem_grow(t->row, t->room, sizeof *t->row);
    }
    struct table_row *row = &t->row[t->rows++];
    *row = (struct table_row){.source = s, .text = text, .arrival = t->rows};
    for (int k = 0; s->header->keyed && k < TABLE_KEYS; k++)
        row->key[k] = mem_strdup(cells->item[s->header->key[k]]);
}

static bool is_blank(const struct str_list *cells)
{
    return cells->n == 1 && cells->item[0][0] == '\0';
}

static bool take_record(struct table *t, const struct table_source *s, const char *text,
                        const struct str_list *cells, struct err *e)
{
    if (is_blank(cells) && s->header->names.n > 1)
        return true;
    if (cells->n != s->header->names.n)
        return err_set(e, ERR_REFUSED, "%s: a record of %zu fields under a header of %zu: %.60s",
                       s->path, cells->n, s->header->names.n, cells->item[0]);
    add_row(t, s, text, cells);
    return (t->allow & TABLE_ALLOW_PARAMETERS) || parameters_add(&t->parameters, s, cells, e);
}

bool table_add(struct table *t, const char *path, struct err *e)
{
    char *text = text_read(path, SIZE_MAX / 2, e);
    if (!text)
        return false;
    struct table_source *s = new_source(t, path, text);
    const char *at = text;
    s->header = read_header(t, path, &at, e);
    struct str_list cells = {0};
    bool ok = s->header != NULL;
    for (const char *start = at; ok && csv_record(&at, &cells); start = at)
        ok = take_record(t, s, start, &cells, e);
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

/* Where new columns before a header's first known column are inserted: before that column; else at
 * the end. */
static size_t first_known(const struct str_list *columns, const struct str_list *header)
{
    for (size_t i = 0; i < header->n; i++) {
        int found = table_column(columns, header->item[i]);
        if (found >= 0)
            return (size_t)found;
    }
    return columns->n;
}

static void unite_columns(struct str_list *columns, const struct str_list *header)
{
    size_t next = first_known(columns, header); /* later ones: after the column before them */
    for (size_t i = 0; i < header->n; i++) {
        const char *name = header->item[i];
        bool expected = next < columns->n && strcmp(columns->item[next], name) == 0;
        int found = expected ? (int)next : table_column(columns, name);
        if (found < 0) {
            insert_column(columns, next, name);
            found = (int)next;
        }
        next = (size_t)found + 1;
    }
}

static void place_columns(const struct table *t, struct table_header *h)
{
    h->place = mem_must(calloc(h->names.n + 1, sizeof *h->place));
    for (size_t i = 0; i < h->names.n; i++) {
        const char *name = h->names.item[i];
        bool same = i < t->columns.n && strcmp(t->columns.item[i], name) == 0;
        h->place[i] = same ? i : (size_t)table_column(&t->columns, name);
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

static int by_key_and_arrival(const void *a, const void *b)
{
    const struct table_row *x = a, *y = b;
    int order = by_key(a, b);
    return order ? order : (x->arrival > y->arrival) - (x->arrival < y->arrival);
}

static bool sort_rows(struct table *t, struct err *e)
{
    qsort(t->row, t->rows, sizeof *t->row, by_key_and_arrival);
    for (size_t i = 1; i < t->rows; i++) {
        const struct table_row *r = &t->row[i];
        bool same = by_key(r - 1, r) == 0;
        t->repeated = t->repeated || same;
        if (same && !(t->allow & TABLE_ALLOW_KEYS))
            return err_set(e, ERR_REFUSED, "two rows with the same key: %s %s %s %s (%s and %s)",
                           r->key[0], r->key[1], r->key[2], r->key[3], (r - 1)->source->path,
                           r->source->path);
    }
    return true;
}

bool table_finish(struct table *t, struct err *e)
{
    t->keyed = t->sources > 0;
    for (size_t i = 0; i < t->headers; i++) {
        unite_columns(&t->columns, &t->header[i]->names);
        t->keyed = t->keyed && t->header[i]->keyed;
    }
    for (size_t i = 0; i < t->headers; i++)
        place_columns(t, t->header[i]);
    return !t->keyed || !t->rows || sort_rows(t, e);
}

/* The cells of a record in the places that its header has in the table, up to `columns`. */
static void place_cells(const struct table_row *r, size_t columns, struct str_list *cells)
{
    struct str_list own = {0};
    const char *at = r->text;
    csv_record(&at, &own);
    char **ordered = mem_must(calloc(columns + 1, sizeof *ordered));
    for (size_t i = 0; i < own.n; i++)
        ordered[r->source->header->place[i]] = own.item[i];
    for (size_t i = 0; i < columns; i++)
        str_list_add(cells, ordered[i] ? ordered[i] : "");
    free(ordered);
    str_list_free(&own);
}

static void add_joined(const struct table *t, const char *record, struct str_list *cells)
{
    struct str_list theirs = {0};
    if (record)
        csv_record(&record, &theirs);
    for (size_t i = 0; i < t->joins; i++)
        str_list_add(cells, record ? theirs.item[t->joined[i]] : "");
    str_list_free(&theirs);
}

void table_cells(const struct table *t, size_t row, struct str_list *cells)
{
    const struct table_row *r = &t->row[row];
    str_list_free(cells);
    place_cells(r, t->columns.n - t->joins, cells);
    add_joined(t, r->joined, cells);
}

static void header_free(struct table_header *h)
{
    free(h->text);
    free(h->place);
    free(h->configuration);
    str_list_free(&h->names);
    free(h);
}

void table_free(struct table *t)
{
    for (size_t i = 0; i < t->rows; i++)
        for (int k = 0; k < TABLE_KEYS; k++)
            free(t->row[i].key[k]);
    for (size_t i = 0; i < t->sources; i++) {
        free(t->source[i]->path);
        free(t->source[i]->text);
        free(t->source[i]);
    }
    for (size_t i = 0; i < t->headers; i++)
        header_free(t->header[i]);
    free(t->header);
    free(t->source);
    free(t->row);
    str_list_free(&t->columns);
    parameters_free(t->parameters);
    if (t->other)
        table_free(t->other);
    free(t->other);
    free(t->joined);
    *t = (struct table){0};
}
