/* The courses of one series. */
#ifndef RADMILL_COURSE_MAKE_H
#define RADMILL_COURSE_MAKE_H

#include "course/scan.h"
#include "course/sets.h"

/* Adds the course of a series, the courses of its volumes, or the reason why there is none. */
bool scan_make_courses(struct scan *s, const struct sets_of_group *sets,
                       const struct scan_wish *wish, struct err *e);

/* Leaves n >= 1 files of a series out, as one entry. */
void scan_leave_series(struct scan *s, const struct course_file *const *file, size_t n,
                       const char *reason);

#endif
