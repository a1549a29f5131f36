/* What home.c and home_references.c share (home_common.c). */
#ifndef RADMILL_COURSE_HOME_PRIVATE_H
#define RADMILL_COURSE_HOME_PRIVATE_H

#include "course/drawn.h"
#include "course/home.h"

/* One region while its series is looked for. */
struct finder {
    const struct home_search *search;
    const struct course_file *file;
    const struct dicom_header *set;
    const struct dicom_roi *roi;
    struct drawn drawn; /* the file's contours or frames, read when they are asked for */
    struct home *home;
};

/* Records that the region belongs to no series, and why; returns false. */
bool home_nowhere(struct finder *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Notes what was odd and accepted. */
void home_forgive(struct finder *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The patient identifier of the set. */
const char *home_patient(const struct finder *f);

/* Is the group's frame of reference that of the region or, when the region has none, one that the
 * file declares? *given: the region's, empty when it has none. */
bool home_shares_frame(const struct finder *f, const struct group *g, const char **given);

/* Rules 1 to 3: the series by references. false: nowhere. */
bool home_by_references(struct finder *f);

#endif
