/* CSV as RFC 4180 says: comma, quotes doubled, here always "\n". */
#ifndef RADMILL_IO_CSV_H
#define RADMILL_IO_CSV_H

#include "base/str.h"

/* One record on its way into a text. The fields are counted: where a field stands never depends on
 * what the fields before it hold, or on what the text held before the record. */
struct csv_row {
    struct str *out; /* borrowed */
    size_t fields, start;
};

struct csv_row csv_row_begin(struct str *out);

/* Appends one field, quoted when it holds a comma, quote, CR, LF, or white space at an end. */
void csv_put(struct csv_row *row, const char *field);
void csv_put_list(struct csv_row *row, const struct str_list *fields);
void csv_put_names(struct csv_row *row, const char *const *names); /* up to a NULL */

/* Ends the line. A record of one empty field is written as "": a blank line is no record to most
 * readers. */
void csv_row_end(struct csv_row *row);

/* Where the first record of a text begins: behind a byte order mark, which spreadsheets write. */
const char *csv_begin(const char *text);

/* Parses one record that begins at *at; fields are appended to out (cleared first); *at moves
 * behind the record. false at the end of the text. Accepts "\n" and "\r\n"; quoted fields may hold
 * line ends. An unclosed quote runs to the end of the text. */
bool csv_record(const char **at, struct str_list *out);

#endif
