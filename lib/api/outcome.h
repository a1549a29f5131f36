/* The result of a call as the caller holds it. */
#ifndef RADMILL_API_OUTCOME_H
#define RADMILL_API_OUTCOME_H

#include "api/call.h"
#include "engine/result/diagnostics.h"

struct radmill_result {
    struct result values;
    struct diagnostics diagnostics;
    char **name;  /* of every column */
    char **known; /* of every diagnostic, with its prefix */
};

/* An empty result, ready for a measurement; NULL without memory. */
struct radmill_result *outcome_create(const struct params *p, struct err *e);

/* Completes the result for the caller; features that never have a value are left out. */
bool outcome_complete(struct radmill_result *r, const struct params *p, struct err *e);

/* "<image>_<class>_<Feature>"; NULL without memory. free(). */
char *outcome_name(const struct column *column, struct err *e);

#endif
