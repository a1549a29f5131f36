/* Structure sets: which series each belongs to, which of them is used, which of their ROIs. */
#ifndef RADMILL_COURSE_SETS_H
#define RADMILL_COURSE_SETS_H

#include "course/course.h"
#include "course/group.h"
#include "course/left_out.h"

struct sets_of_group {
    const struct course_file **file; /* in use, newest first; RTSTRUCT before SEG */
    size_t n;
};

/* Fills sets[0..groups->n) (zeroed). For each series the newest structure set and the newest
 * segmentation are used (date, time, then SOP Instance UID), or all of them; everything else goes
 * to left_out, ROI by ROI. */
void sets_assign(const struct file_list *files, const struct group_list *groups, bool all,
                 struct sets_of_group *sets, struct left_out_list *left_out);

/* Hands the sets and their usable ROIs to a course. */
void sets_take(const struct sets_of_group *sets, struct course *c, struct left_out_list *left_out);

/* Leaves the sets out: "<what>: <why>". */
void sets_refuse(const struct sets_of_group *sets, struct left_out_list *left_out, const char *what,
                 const char *why);

void sets_free(struct sets_of_group *sets, size_t n);

#endif
