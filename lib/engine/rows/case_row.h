/* The row of one case, whatever it is written as: the case's own columns, diagnostics, then values
 * or the paths of maps. Every format is a row of row_writers[]: nothing else knows formats. */
#ifndef RADMILL_ENGINE_ROWS_CASE_ROW_H
#define RADMILL_ENGINE_ROWS_CASE_ROW_H

#include "engine/result/diagnostics.h"
#include "engine/result/result.h"

/* What stands in front of the diagnostics: names and values of the case's own columns. */
struct row_prefix {
    const char *const *name, *const *value;
    size_t n;
};

struct case_row {
    struct str_list name, text, json; /* column by column; json "" where the case has no value */
    const struct row_prefix *prefix;  /* borrowed; NULL: no columns of its own */
    size_t first_value;               /* column of the first value or map */
    const struct result *result;      /* borrowed; NULL: a header, or maps */
    bool maps;
};

/* The columns alone, for images of `dims` axes: what a header is made of. maps: those of voxel
 * mode, which has none of shape. ERR_REFUSED as columns_create. Release with case_row_free, also
 * after an error. */
bool case_row_columns(const struct params *p, const struct row_prefix *prefix, int dims, bool maps,
                      struct case_row *out, struct err *e);

/* The values of a case. */
bool case_row_values(const struct params *p, const struct row_prefix *prefix,
                     const struct result *result, struct case_row *out, struct err *e);

/* The maps of a case: begun in front of the maps, then one case_row_add_map for each. */
bool case_row_maps(const struct params *p, const struct row_prefix *prefix,
                   const struct snapshots *log, struct case_row *out, struct err *e);
void case_row_add_map(struct case_row *r, const char *column, const char *path);

void case_row_free(struct case_row *r);

#endif
