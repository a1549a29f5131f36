/* The catalogue as CSV: what `radfeat --list` prints. A list is a row of its table (lists.c). */
#ifndef RADMILL_ENGINE_ROWS_LISTS_H
#define RADMILL_ENGINE_ROWS_LISTS_H

#include "base/err.h"
#include "base/str.h"

/* Appends the list of a name: header and rows. ERR_USAGE names the lists that there are. */
bool list_write(const char *name, struct str *out, struct err *e);

#endif
