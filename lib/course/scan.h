/* A DICOM tree becomes courses and a list of what was left out.
 *
 * A course is one image series (CT, MR or PT) that makes a volume, with the structure sets and
 * segmentations that refer to it. Patients are looked at one by one: a patient with structure sets
 * has courses for the series that they refer to; a patient without any has one for every series
 * (automatic masks may come from elsewhere); a series that the caller asks for (struct scan_wish)
 * is a course in any case. Every file ends up in a course or in left_out (docs/scan.md). */
#ifndef RADMILL_COURSE_SCAN_H
#define RADMILL_COURSE_SCAN_H

#include "course/course.h"
#include "course/left_out.h"
#include "course/values.h"

struct scan {
    struct file_list files;
    struct course *course; /* by patient id, then course id */
    size_t courses;
    struct left_out_list left_out;
};

struct scan_wish {
    const char *root;       /* what the paths of the files are relative to */
    bool any_frame;         /* regions of another frame of reference are used, too */
    bool all_volumes;       /* every volume of a series with several, not only those that regions
                               name */
    bool interpolate;       /* single missing slices are interpolated */
    bool all_sets;          /* every structure set of a series, not only the newest of its kind */
    struct str_list series; /* SeriesInstanceUIDs that become courses in any case: there are masks
                               for them */
    struct value_rules values;
};

/* Groups s->files (headers read, sorted by path) into s->course and s->left_out. */
bool scan_group(struct scan *s, const struct scan_wish *wish, struct err *e);
void scan_free(struct scan *s);

#endif
