/* Shell patterns for names: `*`, `?`, `[...]`; case is ignored, and characters are UTF-8 ones. */
#ifndef RADMILL_NAMES_PATTERN_H
#define RADMILL_NAMES_PATTERN_H

#include "base/err.h"
#include "base/str.h"

enum { PATTERN_LONGEST = 1024 };

/* Splits "A, B*,C\,D" at commas; a backslash keeps a comma (and any special character) as it is;
 * blanks around a pattern are ignored. ERR_USAGE: one is empty or too long. */
bool patterns_parse(const char *text, struct str_list *out, struct err *e);

bool pattern_takes(const char *pattern, const char *name);

/* Whether it has no special character and so matches one name only. */
bool pattern_is_plain(const char *pattern);

/* The index of the first pattern that matches the name; -1: none does. */
int patterns_find(const struct str_list *patterns, const char *name);

#endif
