/* CSV as RFC 4180 says (comma, doubled quotes, here always "\n"), and reading the variants that
 * other programs write. */
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

/* Parses one record that begins at *at; fields are appended to out (cleared first); *at moves
 * behind the record. false at the end of the text. Accepts "\n", "\r\n" and "\r"; quoted fields may
 * hold line ends. An unclosed quote runs to the end of the text. */
bool csv_record(const char **at, struct str_list *out);

/* CSV of other programs. */
struct csv_form {
    char separator;
    bool trims; /* blanks around a field are not part of it, and a quoted field may follow blanks */
};

/* The separator of a text by its first record: the comma, semicolon or tab that makes the most
 * fields of it, or what Excel's first line "sep=;" says. *at moves to the first record. */
struct csv_form csv_guess(const char **at);
const char *csv_separator_name(char separator); /* for messages: "commas", ... */
bool csv_record_of(const char **at, struct csv_form form, struct str_list *out);

#endif
