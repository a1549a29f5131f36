/* Many tables of rows into one: the heart of featmerge.
 *
 *     CSV files -> table_add -> table_finish (-> table_join) -> table_write (CSV, XLSX, SQLite)
 *
 * Columns: the union of all headers. A column that an earlier file does not have stands behind the
 * one that it follows in its own file, so that two tables of one family keep the family's order.
 * Rows: by the key (patient_id, course_id, segmentation_source, roi_id), as bytes, when every file
 * has these columns; as they came otherwise. A cell that a row's file does not have is empty.
 *
 * The text of the files is kept and split into cells only when needed, so that memory is the size
 * of the files, without a pointer per cell (which for a thousand columns and a hundred thousand
 * rows would be a gigabyte). Files of one header share it. */
#ifndef RADMILL_TABLE_TABLE_H
#define RADMILL_TABLE_TABLE_H

#include "base/err.h"
#include "base/str.h"

enum { TABLE_KEYS = 4 };

/* Conditions that are refused unless they are allowed. */
enum {
    TABLE_ALLOW_KEYS = 1,       /* two rows with the same key */
    TABLE_ALLOW_PARAMETERS = 2, /* rows of one modality that were made with different parameters */
    TABLE_ALLOW_COLUMNS = 4,    /* joined columns that disagree with the table's of that name */
};

struct table_source;
struct table_header;
struct table_parameters;

struct table_row {
    const struct table_source *source;
    const char *text;      /* its record, inside the source's text */
    char *key[TABLE_KEYS]; /* owned; NULL without a key */
    const char *joined;    /* the record that was joined to it, or NULL */
    size_t arrival;        /* decides between rows of one key */
};

struct table {
    unsigned allow; /* TABLE_ALLOW_*; to be set before the first table_add */
    struct str_list columns;
    struct table_header **header; /* distinct ones that follow each other */
    size_t headers;
    struct table_source **source;
    size_t sources;
    struct table_row *row;
    size_t rows, room;
    bool keyed;
    bool repeated; /* there are rows of one key */
    struct table_parameters *parameters;
    struct table *other; /* whose text joined records lie in; NULL: nothing was joined */
    size_t *joined;      /* which of its columns are the last ones of `columns` */
    size_t joins;        /* how many */
};

/* Adds a CSV file ("-": stdin), header first. ERR_REFUSED: no header, a column twice in it, a
 * record of another length, or a row that was made with other parameters than one of its modality
 * (file and record are named). */
bool table_add(struct table *t, const char *path, struct err *e);

/* Orders columns and rows. ERR_REFUSED: two rows with the same key. */
bool table_finish(struct table *t, struct err *e);

/* Adds the columns of another CSV file to a finished table, by columns that both have (`on`): a row
 * gets the values of the record whose cells there are the same bytes; one that has no such record
 * stays empty there, with a warning. Of a column of that name in both, the values must be equal
 * wherever both are there (then the table's stays); allowed to differ, the other's is called
 * NAME_joined. ERR_REFUSED: two records with the same key, or columns that disagree; ERR_USAGE: a
 * column of `on` that one of both does not have. */
bool table_join(struct table *t, const char *path, const struct str_list *on, struct err *e);

/* The cells of a row in the order of t->columns; `cells` is cleared first. */
void table_cells(const struct table *t, size_t row, struct str_list *cells);

/* Which columns hold numbers only, and are not names or ids (one value that begins with a zero, as
 * 007, or has more digits than a number keeps, makes a column text): array of t->columns.n flags
 * (free()). */
bool *table_numeric(const struct table *t);

void table_free(struct table *t);

/* A table by the name of its sheet (XLSX) or table (SQLite). */
struct table_sheet {
    const char *name;
    const struct table *table;
};

/* Writes n >= 1 tables by the ending of the name: .csv (also for "-", one table only), .xlsx,
 * .sqlite or .db. An equal file stays untouched. ERR_USAGE: another ending, or several tables as
 * CSV; ERR_REFUSED: more columns or rows than the format takes. */
bool table_write(const struct table_sheet *sheet, size_t n, const char *path, struct err *e);

#endif
