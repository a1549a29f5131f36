#include "report/rows.h"

#include "io/atomic.h"
#include "io/csv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool rows_open(struct rows *r, const char *path, struct err *e)
{
    size_t bytes;
    *r = (struct rows){.text = file_read(path, SIZE_MAX / 2, &bytes, e)};
    r->at = r->text;
    if (r->text && csv_record(&r->at, &r->header))
        return true;
    if (r->text)
        err_set(e, ERR_REFUSED, "%s: empty", path);
    rows_close(r);
    return false;
}

bool rows_next(struct rows *r)
{
    return csv_record(&r->at, &r->cells);
}

void rows_close(struct rows *r)
{
    free(r->text);
    str_list_free(&r->header);
    str_list_free(&r->cells);
    *r = (struct rows){0};
}

const char *rows_get(const struct rows *r, const char *column)
{
    for (size_t i = 0; i < r->header.n && i < r->cells.n; i++)
        if (strcmp(r->header.item[i], column) == 0)
            return r->cells.item[i];
    return "";
}
