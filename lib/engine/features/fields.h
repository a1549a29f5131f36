/* Families whose features are computed together, as the fields of one struct of doubles. */
#ifndef RADMILL_ENGINE_FEATURES_FIELDS_H
#define RADMILL_ENGINE_FEATURES_FIELDS_H

#include "engine/features/family.h"

struct field_row {
    struct feature feature;
    size_t field; /* where the struct has the value: offsetof */
};

/* Does a wanted feature need this member of the struct? For members that are expensive to compute.
 */
bool fields_want(const struct family *self, const bool *wanted, size_t field);

/* The wanted values of self, whose rows are field_rows, out of `values`. reason: why a value may be
 * NaN; static text. */
void fields_deliver(const struct family *self, const void *values, const char *reason,
                    const bool *wanted, struct fvalue *out);

#endif
