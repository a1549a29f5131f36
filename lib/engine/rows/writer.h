/* The formats of rows as one registry: a format is a row of row_writers[] and a file of its own. */
#ifndef RADMILL_ENGINE_ROWS_WRITER_H
#define RADMILL_ENGINE_ROWS_WRITER_H

#include "engine/rows/case_row.h"

struct unite;

struct row_writer {
    const char *name;    /* "csv" */
    const char *summary; /* what it looks like */

    /* Append to a text: the header of such a row, and the row. NULL: there is no header. */
    void (*header)(const struct case_row *r, struct str *out);
    void (*record)(const struct case_row *r, struct str *out);

    /* Several cases as one table (unite.h): the header of a table to which no case has
     * contributed, what was printed for a case, a case without a row, and the table. */
    void (*unite_header)(struct unite *u, const char *header);
    void (*unite_text)(struct unite *u, const char *output);
    void (*unite_cells)(struct unite *u, const struct str_list *column,
                        const struct str_list *cell);
    void (*unite_print)(const struct unite *u, struct str *out);
};

extern const struct row_writer *const row_writers[]; /* NULL-terminated; the first is the default */
extern const char *const row_writer_names[];         /* likewise, for the table of options */

/* Header (where the format has one) and record. */
void row_write(const struct row_writer *w, const struct case_row *r, struct str *out);

/* Columns of the long format behind a case's own; NULL-terminated. */
extern const char *const row_long_columns[];

extern const struct row_writer writer_csv, writer_json, writer_long;

#endif
