/* Which image series the regions of a structure set or segmentation belong to, decided region by
 * region. References decide, never sizes, dates or names. In this order (docs/scan.md):
 *
 * 1. The series UID that the region's frame of reference is declared with (all declared ones where
 *    the region's frame is not declared): the image series of that UID. When several are there, the
 *    one whose images the region names.
 * 2. Image references (contour images, the list of the series, derivation images) overrule that
 *    only where no image series of the UID is there: all of them must be there, in one series.
 *    Images that contradict a series that is there leave the region out.
 * 3. Where nothing is named: the only series of its patient, study and frame of reference.
 * 4. The frame of reference must be that series'. Another one is accepted when every contour lies
 * on the image that it refers to (drawn.h), unless the file declares that frame for a series of its
 * own.
 *
 * A patient identifier that is empty on one side is accepted under 1 and 2; a different one never
 * is.
 */
#ifndef RADMILL_COURSE_HOME_H
#define RADMILL_COURSE_HOME_H

#include "base/str.h"
#include "course/group.h"

/* Where one region belongs. */
struct home {
    const struct group *group; /* NULL: nowhere, and `reason` says why */
    char *reason;              /* NULL with a group */
    struct str_list notes;     /* what was accepted although it is odd, in words */
    bool forgiven;             /* another series UID, frame or patient identifier */
    bool frame_differs;        /* its frame of reference is not the series' */
    bool frame_overridden;     /* and it is accepted only because of any_frame */
    size_t volume;             /* which of the series', where it holds several (volumes.h) */
    bool told;                 /* left_out names the region already */
};

struct home_search {
    const struct group_list *groups;
    const char *root; /* what paths of files are relative to */
    bool any_frame;   /* regions of another frame of reference are used, too */
};

/* The homes of the regions of a set, in their order; of the set itself where it has none (one
 * home, then). Release with homes_free. */
struct home *homes_find(const struct home_search *search, const struct course_file *set);
size_t homes_count(const struct course_file *set);
void homes_free(struct home *home, size_t n);

#endif
