/* A course: one image series that makes a volume, with the structure sets in use and their ROIs. */
#ifndef RADMILL_COURSE_COURSE_H
#define RADMILL_COURSE_COURSE_H

#include "base/str.h"
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
    struct str_list notes;       /* what was odd about it and was accepted */
    bool frame_differs; /* its frame of reference is not that of the series; home.h says when it is
                           used nevertheless */
    bool frame_overridden; /* and it is used only because the user asked for it */
};

struct course {
    char id[MINT_SIZE], patient_dir[MINT_SIZE];
    struct series series;
    struct str_list notes;  /* on files of the series that are not used */
    struct course_set *set; /* newest first */
    size_t sets;
    struct course_roi *roi; /* by set, then in the order of the file */
    size_t rois;
};

void course_free(struct course *c);

/* A text of the course's series. */
const char *course_text(const struct course *c, enum dicom_text which);

#endif
