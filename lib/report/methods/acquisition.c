#include "report/methods/acquisition.h"

#include "base/mem.h"
#include "base/num.h"
#include "io/json_count.h"
#include "report/methods/items.h"
#include "report/methods/values.h"
#include "report/rows.h"
#include "shim/acquisition_fields.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* --- reading: modality -> column -> value -> how many, numbers as they are shown --- */

enum { DIGITS = 5 };

static json_t *object_of(json_t *parent, const char *name)
{
    json_t *child = json_object_get(parent, name);
    if (!child)
        json_object_set_new(parent, name, child = json_object());
    return child;
}

/* Calls back with each field: the rows of the registry, then the columns that it does not know. */
static void each_field(void (*call)(void *of, const struct methods_field *f), void *of)
{
    for (const struct methods_field *f = methods_fields; f->column; f++)
        call(of, f);
    for (size_t i = 0; i < acquisition_count(); i++) {
        const struct methods_field *f = methods_fields;
        while (f->column && strcmp(f->column, acquisition_name(i)) != 0)
            f++;
        const struct methods_field bare = {acquisition_name(i), acquisition_name(i), "", NULL};
        if (!f->column)
            call(of, &bare);
    }
}

struct reading {
    const struct rows *row;
    json_t *columns; /* of the row's modality */
};

static void count_cell(void *of, const struct methods_field *f)
{
    struct reading *r = of;
    const char *cell = rows_get(r->row, f->column);
    double value;
    struct shown rounded = {""};
    if (num_parse_double(cell, &value))
        rounded = shown_real(value, DIGITS);
    if (*cell)
        json_count(object_of(r->columns, f->column), *rounded.text ? rounded.text : cell);
}

static bool read_courses(const char *path, json_t *modalities, json_t *numbers, struct err *e)
{
    struct rows rows;
    if (!rows_open(&rows, path, e))
        return false;
    while (rows_next(&rows)) {
        const char *modality = rows_get(&rows, "modality");
        json_t *clean = json_object();
        json_count(clean, modality); /* as UTF-8 */
        const char *key = json_object_iter_key(json_object_iter(clean));
        struct reading r = {&rows, object_of(modalities, key)};
        json_count(numbers, key);
        each_field(count_cell, &r);
        json_decref(clean);
    }
    rows_close(&rows);
    return true;
}

/* --- telling --- */

struct counted {
    double value;
    size_t n;
};

static int by_value(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;
    return (x->value > y->value) - (x->value < y->value);
}

/* The values as sorted numbers; NULL when one of them is none. free() */
static struct counted *as_numbers(const struct json_count *list, size_t n)
{
    struct counted *number = mem_must(calloc(n + 1, sizeof *number));
    for (size_t i = 0; i < n; i++) {
        number[i].n = list[i].n;
        if (!num_parse_double(list[i].text, &number[i].value)) {
            free(number);
            return NULL;
        }
    }
    qsort(number, n, sizeof *number, by_value);
    return number;
}

/* The lower one of two middle values. */
static double median_of(const struct counted *number, size_t n, size_t total)
{
    size_t seen = 0;
    for (size_t i = 0; i < n; i++)
        if ((seen += number[i].n) * 2 >= total)
            return number[i].value;
    return 0;
}

static void put_values(const struct json_count *list, size_t n, const char *unit, struct md *page)
{
    enum { MOST = 6 };
    for (size_t i = 0; i < n && i < MOST; i++)
        md_put(page, "{}{}{}{} ({})", i ? ", " : "", list[i].text, *unit ? " " : "", unit,
               shown_int((long long)list[i].n).text);
    if (n > MOST)
        md_put(page, " and {} others", shown_int((long long)(n - MOST)).text);
}

struct telling {
    const json_t *columns;
    struct md *page;
};

static void tell_field(void *of, const struct methods_field *f)
{
    enum { FEW = 3 };
    const struct telling *t = of;
    const json_t *counts = json_object_get(t->columns, f->column);
    if (!counts)
        return;
    size_t n, total = 0;
    struct json_count *list = json_counts_most_first(counts, &n);
    for (size_t i = 0; i < n; i++)
        total += list[i].n;
    struct counted *number = n > FEW ? as_numbers(list, n) : NULL;
    md_put(t->page, "| {} | ", f->what);
    if (number)
        md_put(t->page, "{} ({} to {}){}{}", shown_real(median_of(number, n, total), DIGITS).text,
               shown_real(number[0].value, DIGITS).text,
               shown_real(number[n - 1].value, DIGITS).text, *f->unit ? " " : "", f->unit);
    else
        put_values(list, n, f->unit, t->page);
    md_put(t->page, " | {} | {} |\n", shown_int((long long)total).text, f->ibsi ? f->ibsi : "");
    free(number);
    free(list);
}

bool methods_acquisition(const char *courses_csv, struct md *page, struct err *e)
{
    json_t *modalities = json_object(), *numbers = json_object();
    bool ok = read_courses(courses_csv, modalities, numbers, e);
    size_t n;
    struct json_count *list = json_counts_most_first(numbers, &n);
    for (size_t i = 0; ok && i < n; i++) {
        struct telling t = {json_object_get(modalities, list[i].text), page};
        md_put(page,
               "\n**{}**, {} image series:\n\n| what | values | series that state it | IBSI "
               "|\n|---|---|---:|---|\n",
               *list[i].text ? list[i].text : "unknown", shown_int((long long)list[i].n).text);
        each_field(tell_field, &t);
    }
    free(list);
    json_decref(numbers);
    json_decref(modalities);
    return ok;
}
