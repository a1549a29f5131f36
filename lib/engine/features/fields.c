#include "engine/features/fields.h"

#include <math.h>

bool fields_want(const struct family *self, const bool *wanted, size_t field)
{
    for (int i = 0; i < self->n_features; i++)
        if (wanted[i] && ((const struct field_row *)family_row(self, i))->field == field)
            return true;
    return false;
}

void fields_deliver(const struct family *self, const void *values, const char *reason,
                    const bool *wanted, struct fvalue *out)
{
    for (int i = 0; i < self->n_features; i++) {
        if (!wanted[i])
            continue;
        const struct field_row *row = (const struct field_row *)family_row(self, i);
        double value = *(const double *)((const char *)values + row->field);
        out[i] = (struct fvalue){.value = value, .reason = isnan(value) ? reason : NULL};
    }
}
