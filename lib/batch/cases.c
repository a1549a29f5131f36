#include "batch/cases.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/num.h"
#include "io/atomic.h"
#include "io/csv.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 256 << 20 };

static ptrdiff_t column_of(const struct batch_cases *c, const char *name)
{
    for (size_t i = 0; i < c->column.n; i++)
        if (strcmp(c->column.item[i], name) == 0)
            return (ptrdiff_t)i;
    return -1;
}

static void make_absolute(char **cell, const char *folder)
{
    if (**cell == '\0')
        return;
    char *joined = path_join(folder, *cell);
    free(*cell);
    *cell = joined;
}

static void refuse(struct batch_case *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The first refusal stands. */
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

bool batch_cases_read(const char *path, struct batch_cases *out, struct err *e)
{
    *out = (struct batch_cases){0};
    size_t bytes, line = 1;
    char *text = file_read(path, MOST_BYTES, &bytes, e);
    if (!text)
        return false;
    const char *at = csv_begin(text);
    char *folder = folder_of(path);
    struct str_list record = {0};
    bool good = csv_record(&at, &out->column) && column_of(out, "Image") >= 0 &&
                column_of(out, "Mask") >= 0;
    while (good && csv_record(&at, &record)) {
        line++;
        if (!is_blank(&record))
            add_case(out, &record, folder, line);
    }
    if (!good)
        err_set(e, ERR_REFUSED, "%s: no columns Image and Mask in the first line", path);
    else if (out->n == 0)
        good = err_set(e, ERR_REFUSED, "%s: no cases", path);
    str_list_free(&record);
    free(folder);
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
