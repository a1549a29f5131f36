/* A CSV table, row by row, by the names of its columns. */
#ifndef RADMILL_REPORT_ROWS_H
#define RADMILL_REPORT_ROWS_H

#include "base/str.h"

struct rows {
    char *text;
    const char *at;
    struct str_list header, cells;
};

/* ERR_REFUSED when the file is not there or has no header. Ends with rows_close. */
bool rows_open(struct rows *r, const char *path, struct err *e);
bool rows_next(struct rows *r);
void rows_close(struct rows *r); /* zeroed r is fine */

/* The cell of a column in this row; "" when there is none. */
const char *rows_get(const struct rows *r, const char *column);

#endif
