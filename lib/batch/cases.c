#include "batch/cases.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/num.h"
#include "io/csv.h"
#include "io/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_BYTES = 256 << 20 };

static ptrdiff_t column_of(const struct batch_cases *c, const char *name)
{
    for (size_t i = 0; i < c->column.n; i++)
        if (strcmp(c->column.item[i], name) == 0)
            return (ptrdiff_t)i;
    return -1;
}

/* Blanks at the ends are removed, unless a file with exactly this name exists. */
static void make_absolute(char **cell, const char *folder)
{
    if (**cell == '\0')
        return;
    char *joined = path_join(folder, *cell);
    if (access(joined, F_OK) != 0) {
        free(joined);
        joined = path_join(folder, str_trim(*cell));
    }
    free(*cell);
    *cell = joined;
}

static void refuse(struct batch_case *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The first reason is kept. */
static void refuse(struct batch_case *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (!c->refusal && vasprintf(&c->refusal, format, args) < 0)
        c->refusal = mem_strdup("refused");
    va_end(args);
}

/* A whole number of at least `least`, also as tables write one that has gaps (1.0); `absent`
 * without such a column and for an empty cell. */
static int64_t number_cell(struct batch_case *c, const struct batch_cases *all, const char *name,
                           int64_t least, int64_t absent)
{
    ptrdiff_t column = column_of(all, name);
    const char *text = column < 0 ? "" : c->cell.item[column];
    double value;
    if (!*text)
        return absent;
    if (num_parse_double(text, &value) && value == floor(value) && value >= (double)least &&
        value <= UINT32_MAX)
        return (int64_t)value;
    refuse(c, "%s is \"%.40s\", not a whole number from %d on", name, text, (int)least);
    return absent;
}

static const char *path_cell(struct batch_case *c, ptrdiff_t column, const char *name)
{
    if (!c->cell.item[column][0])
        refuse(c, "no %s", name);
    return c->cell.item[column];
}

static void add_case(struct batch_cases *all, const struct str_list *record, const char *folder,
                     size_t line)
{
    ptrdiff_t image = column_of(all, "Image"), mask = column_of(all, "Mask");
    if ((ptrdiff_t)record->n <= image || (ptrdiff_t)record->n <= mask) {
        log_warning("row %zu has no Image or no Mask: passed over", line);
        return;
    }
    if (record->n > all->column.n)
        log_warning("row %zu has more cells than the header: the surplus is ignored", line);
    all->item = mem_grow(all->item, all->n + 1, sizeof *all->item);
    struct batch_case *c = &all->item[all->n++];
    *c = (struct batch_case){0};
    for (size_t i = 0; i < all->column.n; i++)
        str_list_add(&c->cell, i < record->n ? record->item[i] : "");
    make_absolute(&c->cell.item[image], folder);
    make_absolute(&c->cell.item[mask], folder);
    c->image = path_cell(c, image, "Image");
    c->mask = path_cell(c, mask, "Mask");
    c->label = number_cell(c, all, "Label", 1, 0);
    c->channel = number_cell(c, all, "Label_channel", 0, -1);
}

static bool is_blank(const struct str_list *record)
{
    return record->n == 0 || (record->n == 1 && record->item[0][0] == '\0');
}

static char *folder_of(const char *path)
{
    char *real = realpath(path, NULL);
    char *folder = path_dir(real ? real : path);
    free(real);
    return folder;
}

/* Reads the header and finds the file's separator. Blanks around names are removed only when Image
 * and Mask are not found otherwise: then the file has blanks everywhere. */
static bool read_header(struct batch_cases *c, const char **at, struct csv_form *form)
{
    *form = csv_guess(at);
    for (int trims = 0; trims < 2; trims++) {
        const char *start = *at;
        form->trims = trims;
        bool any = csv_record_of(&start, *form, &c->column);
        if (!any || (column_of(c, "Image") >= 0 && column_of(c, "Mask") >= 0)) {
            *at = start;
            return any;
        }
    }
    return false;
}

static bool refuse_header(const struct batch_cases *c, const char *path, struct csv_form form,
                          struct err *e)
{
    struct str names = {0};
    for (size_t i = 0; i < c->column.n && names.len < 160; i++)
        str_addf(&names, "%s\"%.40s\"", i ? ", " : "", c->column.item[i]);
    err_set(e, ERR_REFUSED,
            "%s: no columns Image and Mask in the first line, which has, separated by %s: %s", path,
            csv_separator_name(form.separator), c->column.n ? names.text : "nothing");
    str_free(&names);
    return false;
}

static void read_cases(struct batch_cases *c, const char *path, const char *at,
                       struct csv_form form)
{
    char *folder = folder_of(path);
    struct str_list record = {0};
    for (size_t line = 2; csv_record_of(&at, form, &record); line++)
        if (!is_blank(&record))
            add_case(c, &record, folder, line);
    str_list_free(&record);
    free(folder);
}

bool batch_cases_read(const char *path, struct batch_cases *out, struct err *e)
{
    *out = (struct batch_cases){0};
    char *text = text_read(path, MOST_BYTES, e);
    if (!text)
        return false;
    const char *at = text;
    struct csv_form form;
    bool good = read_header(out, &at, &form) || refuse_header(out, path, form, e);
    if (good)
        read_cases(out, path, at, form);
    if (good && out->n == 0)
        good = err_set(e, ERR_REFUSED, "%s: no cases", path);
    free(text);
    if (!good)
        batch_cases_free(out);
    return good;
}

void batch_cases_free(struct batch_cases *c)
{
    for (size_t i = 0; i < c->n; i++) {
        str_list_free(&c->item[i].cell);
        free(c->item[i].refusal);
    }
    free(c->item);
    str_list_free(&c->column);
    *c = (struct batch_cases){0};
}
