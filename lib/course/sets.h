/* Structure sets: which series each belongs to, which of them is used, which of their ROIs. */
#ifndef RADMILL_COURSE_SETS_H
#define RADMILL_COURSE_SETS_H

#include "course/course.h"
#include "course/home.h"
#include "course/left_out.h"

/* A set in use on a series, for those of its regions that belong there. */
struct set_member {
    const struct course_file *file;
    struct home *home; /* of its regions, in their order; borrowed */
    bool forgiven;     /* one of them belongs there only because something odd was accepted */
};

struct sets_of_group {
    const struct group *group;
    struct set_member *member; /* in use; RTSTRUCT before SEG, correct sets before ones that were
                                  accepted although odd, then newest first */
    size_t n;
};

struct sets {
    struct sets_of_group *of; /* of each group, in their order */
    size_t groups;
    struct home **home; /* of each set file */
    size_t *homes, n;
};

/* Finds the series of every region. For each series the newest structure set and the newest
 * segmentation are used (date, time, then SOP Instance UID), or all of them; one that was accepted
 * although odd only when there is no correct one. Everything else goes to left_out, region by
 * region. Release with sets_free, also after an error. */
bool sets_assign(struct sets *s, const struct file_list *files, const struct home_search *search,
                 bool all, struct left_out_list *left_out, struct err *e);

/* Adds the sets, with those of their usable ROIs that belong to this volume of the series, to a
 * course. */
void sets_take(const struct sets_of_group *sets, size_t volume, struct course *c,
               struct left_out_list *left_out);

/* Leaves the sets out of this series, "<what>: <why>"; or only the regions of one of its volumes.
 */
void sets_refuse(const struct sets_of_group *sets, struct left_out_list *left_out, const char *what,
                 const char *why);
void sets_refuse_volume(const struct sets_of_group *sets, size_t volume,
                        struct left_out_list *left_out, const char *what, const char *why);

/* Leaves out the regions that volumes.h could assign to no volume. To be called after the courses
 * were made. */
void sets_leave_rest(const struct sets_of_group *sets, struct left_out_list *left_out);

void sets_free(struct sets *s);

#endif
