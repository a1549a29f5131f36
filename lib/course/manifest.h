/* manifest.json: what a scan found. The format, by example, is docs/scan.md. */
#ifndef RADMILL_COURSE_MANIFEST_H
#define RADMILL_COURSE_MANIFEST_H

#include "base/str.h"
#include "course/scan.h"

#include <jansson.h>

/* Writes the manifest of a scan of `root` (an absolute path). An equal file stays untouched. */
bool manifest_write(const char *path, const char *root, const struct scan *s, struct err *e);

/* Where the images of one course are, as a manifest says. */
struct manifest_course {
    char *root;
    char *id, *patient_id, *series_uid;
    char *volume;      /* which volume of its series, when there are several; NULL: the only one */
    bool interpolated; /* missing slices are interpolated */
    struct str_list notes;   /* on files of the series that are not used */
    struct str_list files;   /* relative to root, in slice order */
    struct str_list aliases; /* of each; empty texts where there are none */
};

/* Reads the course "<patient>/<course id>" (patient: the minted folder or the original id) of a
 * manifest; `course` may be NULL when the manifest holds exactly one. ERR_REFUSED when it is not
 * there. Release with manifest_course_free. */
bool manifest_read_course(const char *path, const char *course, struct manifest_course *out,
                          struct err *e);
void manifest_course_free(struct manifest_course *c);

/* The course of a manifest that is in memory, named as above; borrowed from root. NULL and *e when
 * it is not there. */
const json_t *manifest_find_course(const json_t *root, const char *course, struct err *e);

/* The region of this number in an entry of a course's structure_sets, or NULL. */
const json_t *manifest_find_roi(const json_t *set, int64_t number);

#endif
