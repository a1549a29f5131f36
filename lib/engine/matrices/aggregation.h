/* How the features of the directions and of the slices become one value (IBSI 3.6 to 3.11).
 *
 *   slices x directions x (average of features | merge of matrices)
 *
 * Neighbours lie either within a plane of the image or in space. Within planes, the slices have
 * features of their own whose mean is taken, or they share their matrices; likewise the directions
 * of the families that count one matrix per direction. Families of one matrix know no directions.
 * Everything that has directions or slices is aggregated in one place (engine/features/family.c
 * and texture.c): a family only counts. */
#ifndef RADMILL_ENGINE_MATRICES_AGGREGATION_H
#define RADMILL_ENGINE_MATRICES_AGGREGATION_H

#include "engine/settings/settings.h"

/* What a family has: nothing to aggregate, slices, or slices and directions. */
enum aggregation_kind { AGGREGATES_NOTHING, AGGREGATES_SLICES, AGGREGATES_DIRECTIONS };

enum combine { COMBINE_MERGE, COMBINE_AVERAGE };

struct aggregation {
    const char *code; /* IBSI's, e.g. "ITBB"; "" where IBSI has none */
    const char *name; /* in words */
    enum aggregation_kind kind;
    bool planes; /* neighbours within a plane only */
    enum combine slices, directions;
};

/* IBSI's ten: none (DHQ4), six for directions, three for slices. Ends with code NULL. */
extern const struct aggregation aggregations[];

/* By code; NULL when there is none of that code. */
const struct aggregation *aggregation_find(const char *code);

/* The one that pyradiomics' settings ask for: force2D keeps to planes whose slices share their
 * matrices; weightingNorm merges the directions. Its code is "" with weights or several distances,
 * which IBSI does not define. */
struct aggregation aggregation_of_settings(enum aggregation_kind kind,
                                           const struct family_settings *s);

/* The axis across the planes (x = 0), or -1 in space. The slices lie across the settings'
 * force2Ddimension, which counts array axes from the slowest: 0 is z of a 3-D image and y of a 2-D
 * one. */
int aggregation_flat_axis(const struct aggregation *a, const struct family_settings *s, int dims);

/* The same for what pyradiomics' settings ask for. */
int settings_flat_axis(const struct family_settings *s, int dims);

#endif
