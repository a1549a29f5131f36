/* Declarations shared by the files of this room. */
#ifndef RADMILL_TABLE_PARTS_H
#define RADMILL_TABLE_PARTS_H

#include "io/atomic.h"
#include "table/table.h"

extern const char *const table_key_names[TABLE_KEYS];

/* A header, shared by the files that follow each other with the same one. */
struct table_header {
    char *text; /* as it stands in the files, line end included */
    size_t bytes;
    struct str_list names;
    size_t *place; /* of each name in table.columns */
    int key[TABLE_KEYS];
    bool keyed;
    int modality;          /* column; -1: none */
    size_t *configuration; /* columns that say what a row was made with */
    size_t configurations;
};

struct table_source {
    char *path, *text;
    const struct table_header *header;
};

int table_column(const struct str_list *columns, const char *name); /* -1: none */

/* Compares a record's parameters with those of its modality so far. ERR_REFUSED: they differ. */
bool parameters_add(struct table_parameters **p, const struct table_source *s,
                    const struct str_list *cells, struct err *e);
void parameters_free(struct table_parameters *p);

bool table_is_number(const char *text, double *value);

/* --- formats --- */

bool write_csv(const struct table_sheet *sheet, size_t n, const struct out_file *out,
               struct err *e);
/* Reads it back: does every sheet hold the rows of its table? */
bool xlsx_check(const char *path, const struct table_sheet *sheet, size_t n, struct err *e);
bool write_xlsx(const struct table_sheet *sheet, size_t n, const struct out_file *out,
                struct err *e);
bool write_sqlite(const struct table_sheet *sheet, size_t n, const struct out_file *out,
                  struct err *e);

#endif
