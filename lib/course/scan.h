/* A DICOM tree becomes courses and a list of what was left out.
 *
 * A course is one image series (CT, MR or PT) that makes a volume, with the structure sets and
 * segmentations that refer to it. Patients are looked at one by one: a patient with structure sets
 * has courses for the series that they refer to; a patient without any has one for every series
 * (automatic masks may come from elsewhere). Every file ends up in a course or in left_out
 * (docs/scan.md). */
#ifndef RADMILL_COURSE_SCAN_H
#define RADMILL_COURSE_SCAN_H

#include "course/group.h"
#include "course/left_out.h"
#include "course/series.h"
#include "names/mint.h"

struct course_set { /* a structure set in use */
    const struct course_file *file;
    const char *kind; /* "RTSTRUCT" or "SEG" */
};

struct course_roi {
    char roi_id[MINT_SIZE];
    const struct dicom_roi *roi; /* borrowed from the set's header */
    size_t set;                  /* index into course.set */
};

struct course {
    char id[MINT_SIZE], patient_dir[MINT_SIZE];
    struct series series;
    struct course_set *set; /* newest first */
    size_t sets;
    struct course_roi *roi; /* by set, then in the order of the file */
    size_t rois;
};

struct scan {
    struct file_list files;
    struct course *course; /* by patient id, then course id */
    size_t courses;
    struct left_out_list left_out;
};

/* Groups s->files (headers read, sorted by path) into s->course and s->left_out. all_sets: every
 * structure set of a series is used, not only the newest of its kind. */
bool scan_group(struct scan *s, bool all_sets, struct err *e);
void scan_free(struct scan *s);

void course_free(struct course *c);

/* A text of the course's series. */
const char *course_text(const struct course *c, enum dicom_text which);

#endif
