#include "engine/matrices/aggregation.h"

#include <string.h>

const struct aggregation aggregations[] = {
    {"DHQ4", "no aggregation", AGGREGATES_NOTHING, false, COMBINE_MERGE, COMBINE_MERGE},
    {"BTW3", "2D: mean over slices and directions", AGGREGATES_DIRECTIONS, true, COMBINE_AVERAGE,
     COMBINE_AVERAGE},
    {"SUJT", "2D: directions merged, mean over slices", AGGREGATES_DIRECTIONS, true,
     COMBINE_AVERAGE, COMBINE_MERGE},
    {"JJUI", "2.5D: slices merged, mean over directions", AGGREGATES_DIRECTIONS, true,
     COMBINE_MERGE, COMBINE_AVERAGE},
    {"ZW7Z", "2.5D: slices and directions merged", AGGREGATES_DIRECTIONS, true, COMBINE_MERGE,
     COMBINE_MERGE},
    {"ITBB", "3D: mean over directions", AGGREGATES_DIRECTIONS, false, COMBINE_MERGE,
     COMBINE_AVERAGE},
    {"IAZD", "3D: directions merged", AGGREGATES_DIRECTIONS, false, COMBINE_MERGE, COMBINE_MERGE},
    {"8QNN", "2D: mean over slices", AGGREGATES_SLICES, true, COMBINE_AVERAGE, COMBINE_MERGE},
    {"62GR", "2.5D: slices merged", AGGREGATES_SLICES, true, COMBINE_MERGE, COMBINE_MERGE},
    {"KOBO", "3D", AGGREGATES_SLICES, false, COMBINE_MERGE, COMBINE_MERGE},
    {NULL, NULL, AGGREGATES_NOTHING, false, COMBINE_MERGE, COMBINE_MERGE},
};

const struct aggregation *aggregation_find(const char *code)
{
    for (const struct aggregation *a = aggregations; a->code; a++)
        if (strcmp(a->code, code) == 0)
            return a;
    return NULL;
}

/* The row of a kind with these combinations. */
static struct aggregation row_of(enum aggregation_kind kind, bool planes, enum combine directions)
{
    const struct aggregation *a = aggregations;
    while (a->kind != kind || a->planes != planes || a->slices != COMBINE_MERGE ||
           a->directions != directions)
        a++;
    return *a;
}

struct aggregation aggregation_of_settings(enum aggregation_kind kind,
                                           const struct family_settings *s)
{
    if (kind == AGGREGATES_NOTHING)
        return aggregations[0];
    if (kind == AGGREGATES_SLICES)
        return row_of(kind, s->force_2d, COMBINE_MERGE);
    bool merged = s->weighting_norm != WEIGHT_NONE;
    struct aggregation a = row_of(kind, s->force_2d, merged ? COMBINE_MERGE : COMBINE_AVERAGE);
    if (merged && s->weighting_norm != WEIGHT_NO_WEIGHTING)
        a.code = "";
    return a;
}

static int axis_across(bool planes, const struct family_settings *s, int dims)
{
    int64_t axis = dims - 1 - s->force_2d_dimension;
    return planes && axis >= 0 ? (int)axis : -1;
}

int aggregation_flat_axis(const struct aggregation *a, const struct family_settings *s, int dims)
{
    return axis_across(a->planes, s, dims);
}

int settings_flat_axis(const struct family_settings *s, int dims)
{
    return axis_across(s->force_2d, s, dims);
}
