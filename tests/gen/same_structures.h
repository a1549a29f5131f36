/* Two readings of one structure set, field by field, as same_header.h has it of headers. */
#ifndef RADMILL_TESTS_SAME_STRUCTURES_H
#define RADMILL_TESTS_SAME_STRUCTURES_H

#include "shim/dicom_rtstruct.h"

#include <string.h>

static bool same_contour(const struct contour *a, const struct contour *b)
{
    return a->kind == b->kind && a->miscounted == b->miscounted && a->trailed == b->trailed &&
           a->points == b->points &&
           (a->points == 0 ||
            memcmp(a->point_mm, b->point_mm, 3 * a->points * sizeof *a->point_mm) == 0);
}

static bool same_roi(const struct rtstruct_roi *a, const struct rtstruct_roi *b)
{
    bool same = strcmp(a->name, b->name) == 0 &&
                strcmp(a->frame_of_reference, b->frame_of_reference) == 0 &&
                a->number == b->number && a->guessed == b->guessed &&
                a->ambiguous == b->ambiguous && a->unnamed == b->unnamed &&
                a->by_observation == b->by_observation && a->contours == b->contours;
    for (size_t i = 0; same && i < a->contours; i++)
        same =
            same_contour(&a->contour[i], &b->contour[i]) && strcmp(a->image[i], b->image[i]) == 0;
    return same;
}

static bool same_structures(const struct rtstruct *a, const struct rtstruct *b)
{
    bool same = strcmp(a->sop_uid, b->sop_uid) == 0 && strcmp(a->label, b->label) == 0 &&
                a->forgiven == b->forgiven && a->rois == b->rois;
    for (size_t i = 0; same && i < a->rois; i++)
        same = same_roi(&a->roi[i], &b->roi[i]);
    return same;
}

#endif
