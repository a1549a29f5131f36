/* CSV as RFC 4180 says: comma, quotes doubled, here always "\n". */
#ifndef RADMILL_IO_CSV_H
#define RADMILL_IO_CSV_H

#include "base/str.h"

/* Appends one field, quoted when it holds a comma, quote, CR, LF, or white space at an end. */
void csv_add(struct str *row, const char *field, bool first);

/* Where the first record of a text begins: behind a byte order mark, which spreadsheets write. */
const char *csv_begin(const char *text);

/* Parses one record that begins at *at; fields are appended to out (cleared first); *at moves
 * behind the record. false at the end of the text. Accepts "\n" and "\r\n"; quoted fields may hold
 * line ends. An unclosed quote runs to the end of the text. */
bool csv_record(const char **at, struct str_list *out);

#endif
