/* Image files by patient and series, and the way from a structure set to its series.
 *
 * References decide, never sizes: a structure set belongs to the series that it names; when it
 * names several, to the one whose images its contours name; when it names none, to the only series
 * of its study and frame of reference. Where that finds no series, or more than one, it is left
 * out. */
#ifndef RADMILL_COURSE_GROUP_H
#define RADMILL_COURSE_GROUP_H

#include "course/file.h"

/* The files of one patient and Series Instance UID, at least one; borrowed, by path. */
struct group {
    const struct course_file **file;
    size_t files;
};

struct group_list {
    struct group *group; /* by patient, then series UID */
    size_t n;
    const struct course_file **sorted;      /* what `group` points into */
    const struct course_file **by_instance; /* by SOP Instance UID */
    size_t files;
};

/* Groups all files of state FILE_IMAGE. */
bool group_images(const struct file_list *files, struct group_list *out, struct err *e);
void group_list_free(struct group_list *l);

/* A text of the group (of its first file). */
const char *group_text(const struct group *g, enum dicom_text which);

/* The group that a structure set or segmentation belongs to. ERR_REFUSED with the reason when there
 * is none; the message names UIDs, not paths. */
bool group_of_set(const struct group_list *l, const struct dicom_header *set,
                  const struct group **out, struct err *e);

#endif
