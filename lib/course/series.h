/* One image series: which of its files make the volume, in which order, on which grid. */
#ifndef RADMILL_COURSE_SERIES_H
#define RADMILL_COURSE_SERIES_H

#include "course/file.h"
#include "course/geometry.h"

struct series {
    const struct course_file **file; /* borrowed files, distinct, in slice order */
    size_t files;
    struct plane *plane; /* in slice order; .source indexes `file` */
    size_t planes;
    struct grid grid;
    bool tilted; /* planes were cropped to what all of them cover */
};

/* A file of the series that is not used although the series is. */
struct series_drop {
    const struct course_file *file;
    char reason[256];
};

struct series_drops {
    struct series_drop *item;
    size_t n;
};

/* Arranges the n >= 1 files of one series. Localizers and second copies of one SOP instance are
 * dropped and listed; anything else that does not fit makes the whole series ERR_REFUSED, with file
 * and numbers: a volume with a slice left out in silence would be a wrong one. Both results are
 * released by the caller, whatever is returned. */
bool series_arrange(const struct course_file *const *file, size_t n, struct series *out,
                    struct series_drops *drops, struct err *e);
void series_free(struct series *s);
void series_drops_free(struct series_drops *d);

#endif
