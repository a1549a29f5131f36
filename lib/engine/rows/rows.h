/* The result of a case as text: wide CSV (header and one row), one JSON object, or long CSV. */
#ifndef RADMILL_ENGINE_ROWS_ROWS_H
#define RADMILL_ENGINE_ROWS_ROWS_H

#include "engine/rows/result.h"

enum row_format { ROW_CSV, ROW_JSON, ROW_LONG };

/* What stands in front of the diagnostics: names and values of the case's own columns. */
struct row_prefix {
    const char *const *name, *const *value;
    size_t n;
};

/* Appends the header line (CSV, long) or nothing (JSON). dims: axes of the image, 2 or 3. */
bool rows_header(const struct params *p, const struct row_prefix *prefix, enum row_format format,
                 int dims, struct str *out, struct err *e);

/* Appends the row or rows of a case. Undefined values are empty (JSON: null, with the value left
 * out where pyradiomics has no entry). result NULL: a failed case, with its own columns only. */
bool rows_case(const struct params *p, const struct row_prefix *prefix, const struct result *result,
               enum row_format format, int dims, struct str *out, struct err *e);

#endif
