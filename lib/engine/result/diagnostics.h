/* What is known of a case beside its features (specification 7). */
#ifndef RADMILL_ENGINE_RESULT_DIAGNOSTICS_H
#define RADMILL_ENGINE_RESULT_DIAGNOSTICS_H

#include "engine/result/result.h"

enum diagnostic_kind { DIAGNOSTIC_TEXT, DIAGNOSTIC_NUMBER, DIAGNOSTIC_LIST };

struct diagnostic {
    char name[64]; /* without "diagnostics_" */
    enum diagnostic_kind kind;
    char *text; /* as Python prints it: text, number, "(1, 2, 3)"; NULL: no value in this case */
};

struct diagnostics {
    struct diagnostic *item;
    size_t n;
};

/* All diagnostics that the parameters ask for, in order; log NULL: names only. Nothing when
 * additionalInfo is false. ERR_FAILED without memory. Release with diagnostics_free. */
bool diagnostics_list(const struct params *p, const struct snapshots *log, struct diagnostics *out,
                      struct err *e);
void diagnostics_free(struct diagnostics *d);

#endif
