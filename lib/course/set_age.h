/* Which of two structure sets is newer: by date, time, then SOP Instance UID. */
#ifndef RADMILL_COURSE_SET_AGE_H
#define RADMILL_COURSE_SET_AGE_H

#include "course/file.h"

/* > 0 when a is newer. */
int set_age(const struct course_file *a, const struct course_file *b);

/* Says which rule preferred `used` to f. */
void set_explain_age(const struct course_file *used, const struct course_file *f, char reason[512]);

#endif
