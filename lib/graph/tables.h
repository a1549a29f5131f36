/* The tables of one course from records, rows and masks.json, and the list of what was left out. */
#ifndef RADMILL_GRAPH_TABLES_H
#define RADMILL_GRAPH_TABLES_H

#include "base/err.h"
#include "base/str.h"
#include "io/csv.h"

/* Headers (docs/formats.md): what stands in front of radfeat's columns in
 * radiomics.csv, and all of status.csv. NULL-terminated. */
extern const char *const table_identity[];
extern const char *const table_status[];

/* What the tables of a course are written to. */
struct course_tables {
    const char *radiomics, *status;
    const char *values; /* one line per value (docs/formats.md); NULL: not wanted */
};

/* A cell of free text: reasons may contain UIDs of series, which are not shown. */
void tables_put_words(struct csv_row *row, const char *text);

/* Reads inputs/P/C/table.json and what it names; writes the rows that are ok, and a status for
 * every region. A region of which a record, row or masks.json cannot be read has failed, and is
 * made again by the next run. */
bool tables_course(const char *job, const struct course_tables *out, struct err *e);

/* Writes tables of one header as one, in the order of the list, which names one a line, and never
 * holds more of them than a block. ERR_REFUSED: one has another header than the first. */
bool tables_concatenate(const char *list, const char *out, struct err *e);

/* Reads inputs/left_out.json; writes the table. */
bool tables_left_out(const char *job, const char *out, struct err *e);

/* Reads inputs/courses.json; writes the table of courses, sorted by patient and course. */
bool tables_courses(const char *job, const char *out, struct err *e);

#endif
