/* Numbers to text and back, independent of the locale; and their order. */
#ifndef RADMILL_BASE_NUM_H
#define RADMILL_BASE_NUM_H

#include <stdbool.h>
#include <stdint.h>

enum { NUM_TEXT = 48 };

/* The shortest decimal that reads back equal, spelled as Python's repr does: 0.1, 3.0, 1e-05,
 * 1e+16, nan, inf, -inf. Returns out. */
const char *num_format(double value, char out[NUM_TEXT]);

/* Whole text as a number: no empty text, no trailing characters, no overflow. "nan" and "inf" in
 * any case are accepted by num_parse_double, hexadecimal is not. */
bool num_parse_double(const char *text, double *value);
bool num_parse_int(const char *text, int64_t *value);

/* For qsort: doubles, ascending. None is NaN. */
int num_ascending(const void *a, const void *b);

#endif
