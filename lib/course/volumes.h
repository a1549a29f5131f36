/* Several volumes in one series: which of them the regions of its structure sets are drawn on. */
#ifndef RADMILL_COURSE_VOLUMES_H
#define RADMILL_COURSE_VOLUMES_H

#include "course/sets.h"

/* SOP Instance UIDs that contours and frames of the regions on a series name, sorted: borrowed
 * texts, the list is free()'d. */
const char **volumes_named(const struct sets_of_group *sets, size_t *n);

/* Sends every region to the volume that its contours name, else to the one that the image list of
 * its series names; a region that refers to several volumes, or to none, belongs nowhere, and its
 * struct home says so. A region without contours goes where the others of its set go. used[l->n]
 * (zeroed): which volumes are named. A series of a single volume needs no decision: the volume is
 * used. */
void volumes_assign(const struct series_list *l, const struct series_drops *drops,
                    const struct sets_of_group *sets, bool *used);

/* "AcquisitionNumber=1; AcquisitionNumber=2; ..." (free()). */
char *volumes_text(const struct series_list *l);

#endif
