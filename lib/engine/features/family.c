#include "engine/features/family.h"

#include "engine/features/slices.h"

#include <string.h>

int family_feature(const struct family *f, const char *feature)
{
    for (int i = 0; i < f->n_features; i++)
        if (strcmp(family_row(f, i)->name, feature) == 0)
            return i;
    return -1;
}

const struct arithmetic arithmetic_numpy = {
    .added_to_zero = 0x1p-52, .follows_numpy = true, .counts_lone_tones = true};
const struct arithmetic arithmetic_plain = {0};

struct aggregation family_aggregation(const struct family *f, const struct family_settings *s)
{
    struct aggregation a = aggregation_of_settings(f->aggregates, s);
    if (f->aggregates == AGGREGATES_DIRECTIONS && f->uses_distances && s->distances.n > 1)
        a.code = "";
    return a;
}

bool family_measure(const struct family *f, const struct family_input *in, const bool *wanted,
                    struct fvalue *out, struct err *e)
{
    struct family_input full = *in;
    struct aggregation asked;
    if (!full.aggregation) {
        asked = family_aggregation(f, in->settings);
        full.aggregation = &asked;
    }
    if (!full.arithmetic)
        full.arithmetic = &arithmetic_numpy;
    return full.aggregation->slices == COMBINE_AVERAGE ? slices_measure(f, &full, wanted, out, e)
                                                       : f->measure(f, &full, wanted, out, e);
}
