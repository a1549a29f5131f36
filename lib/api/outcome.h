/* The result of a call as the caller holds it. */
#ifndef RADMILL_API_OUTCOME_H
#define RADMILL_API_OUTCOME_H

#include "api/call.h"
#include "engine/result/diagnostics.h"

/* Texts one behind the other, each ended by a zero byte, in rows of as many. */
struct texts {
    struct str all;
    size_t *row; /* where each row begins; its first text is the name of what the row is about */
};

struct radmill_result {
    struct result values;
    struct diagnostics diagnostics;
    double *number;      /* of every value */
    struct texts about;  /* of every value, as struct radmill_table has them */
    struct texts reason; /* of every value */
    struct texts known;  /* of every diagnostic */
};

/* An empty result, ready for a measurement; NULL without memory. */
struct radmill_result *outcome_create(const struct params *p, struct err *e);

/* Completes the result for the caller; features that never have a value are left out. */
bool outcome_complete(struct radmill_result *r, const struct params *p, struct err *e);

/* "<image>_<class>_<Feature>"; NULL without memory. free(). */
char *outcome_name(const struct column *column, struct err *e);

#endif
