/* The diagnostics columns (specification 7). */
#ifndef RADMILL_ENGINE_ROWS_DIAGNOSTICS_H
#define RADMILL_ENGINE_ROWS_DIAGNOSTICS_H

#include "engine/rows/result.h"

/* One diagnostic of a case: numbers and tuples keep their kind for JSON. */
struct diagnostic {
    char name[64]; /* without "diagnostics_" */
    char *text;    /* as Python prints it; NULL: no value in this case */
    char *json;    /* the same as JSON */
};

struct diagnostics {
    struct diagnostic *item;
    size_t n;
};

/* All diagnostics that the parameters ask for, in order; log NULL: names only. Nothing when
 * additionalInfo is false. Release with diagnostics_free. */
void diagnostics_list(const struct params *p, const struct snapshots *log, struct diagnostics *out);
void diagnostics_free(struct diagnostics *d);

#endif
