/* Image files grouped by patient and series, and an index of images by SOP Instance UID. */
#ifndef RADMILL_COURSE_GROUP_H
#define RADMILL_COURSE_GROUP_H

#include "course/file.h"

/* The files of one patient and Series Instance UID, at least one; borrowed, by path. */
struct group {
    const struct course_file **file;
    size_t files;
};

/* One image file and the group that it is in. */
struct group_image {
    const struct course_file *file;
    const struct group *group;
};

struct group_list {
    struct group *group; /* by patient, then series UID */
    size_t n;
    const struct course_file **sorted; /* what `group` points into */
    const struct group **by_series;    /* by Series Instance UID, then as `group` */
    struct group_image *image;         /* by SOP Instance UID */
    size_t files;
};

/* Groups all files of state FILE_IMAGE. */
bool group_images(const struct file_list *files, struct group_list *out, struct err *e);
void group_list_free(struct group_list *l);

/* A text of the group (of its first file). */
const char *group_text(const struct group *g, enum dicom_text which);

/* The groups of a Series Instance UID, one for each patient that has it: *first of them, their
 * number returned. */
size_t group_find_series(const struct group_list *l, const char *uid,
                         const struct group *const **first);

/* The groups of a patient: *first of them, their number returned. */
size_t group_find_patient(const struct group_list *l, const char *id, const struct group **first);

/* The images of a SOP Instance UID: *first of them, their number returned. More than one are second
 * copies, or one instance in several series. */
size_t group_find_image(const struct group_list *l, const char *uid,
                        const struct group_image **first);

#endif
