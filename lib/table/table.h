/* Many tables of rows into one: the heart of featmerge.
 *
 *     CSV files -> table_add -> table_finish -> struct table -> table_write (CSV, XLSX, SQLite)
 *
 * Columns: the union of all headers. A column that an earlier file does not have stands behind the
 * one that it follows in its own file, so that two tables of one family keep the family's order.
 * Rows: by the key (patient_id, course_id, segmentation_source, roi_id), as bytes, when every file
 * has these columns; as they came otherwise. A cell that a row's file does not have is empty.
 *
 * The files' text is kept as it is and cut only when it is needed: memory is the size of the files,
 * not a pointer per cell (a thousand columns and a hundred thousand rows are a gigabyte of those).
 */
#ifndef RADMILL_TABLE_TABLE_H
#define RADMILL_TABLE_TABLE_H

#include "base/err.h"
#include "base/str.h"

enum { TABLE_KEYS = 4 };

struct table_source;

struct table_row {
    const struct table_source *source;
    const char *text;      /* its record, inside the source's text */
    char *key[TABLE_KEYS]; /* owned; NULL without a key */
};

struct table {
    struct str_list columns;
    struct table_source **source;
    size_t sources;
    struct table_row *row;
    size_t rows, room;
    bool keyed;
};

/* Adds a CSV file ("-": stdin), header first. ERR_REFUSED: no header, a column twice in it, or a
 * record of another length (file and record are named). */
bool table_add(struct table *t, const char *path, struct err *e);

/* Orders columns and rows. ERR_REFUSED: two rows of one key. */
bool table_finish(struct table *t, struct err *e);

/* The cells of a row in the order of t->columns; `cells` is cleared first. */
void table_cells(const struct table *t, size_t row, struct str_list *cells);

void table_free(struct table *t);

/* Writes by the ending of the name: .csv (also for "-"), .xlsx, .sqlite or .db. An equal file stays
 * untouched. ERR_USAGE: another ending; ERR_REFUSED: more columns or rows than the format takes. */
bool table_write(const struct table *t, const char *path, struct err *e);

#endif
