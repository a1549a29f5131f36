/* One image series: which of its files make the volume, or volumes, in which order, on which grid.
 *
 * The rules in their order, each in a file of its own (docs/scan.md):
 * 1. series_files.c   localizers and second copies of an instance are dropped; attributes that each
 *                     slice must have, and that all must agree on
 * 2. series_stray.c images of another size, orientation or kind are left out, if the rest is
 * complete without them
 * 3. series_copies.c  one image under several instance UIDs counts once
 * 4. split.c          several volumes are told apart by an attribute
 * 5. geometry.c       each volume is an even stack: exactly, up to rounding, or with single slices
 * interpolated */
#ifndef RADMILL_COURSE_SERIES_H
#define RADMILL_COURSE_SERIES_H

#include "course/file.h"
#include "course/geometry.h"

struct series {                      /* one volume */
    const struct course_file **file; /* borrowed files, distinct, in slice order */
    size_t files;
    struct plane *plane; /* in slice order; .source indexes `file` */
    size_t planes;
    struct grid grid;
    bool tilted;       /* planes were cropped to what all of them cover */
    double rounded_mm; /* planes are that far off the grid, which the decimals of their positions
                          (position_decimals) explain; else 0 */
    double sheared;    /* the cosines were corrected by that, which their decimals
                          (cosine_decimals) explain; else 0 */
    int position_decimals, cosine_decimals;
    size_t made_up; /* planes that are the mean of their neighbours */
    char *label;    /* of one volume among several: "AcquisitionNumber=2"; else NULL */
    char *refusal;  /* why these images, among several volumes, make no volume; else NULL */
};

struct series_list {
    struct series *item;
    size_t n;
};

/* A file of the series that is not used although the series is. */
struct series_drop {
    const struct course_file *file;
    const struct course_file *instead; /* the file with the same pixels and position; NULL: none */
    char reason[256];
};

struct series_drops {
    struct series_drop *item;
    size_t n;
};

/* Facts beyond the files themselves, and what the user asked for. Zeroed: nothing. */
struct series_wish {
    const char *root;         /* what paths are relative to */
    const char *const *named; /* SOP Instance UIDs that contours or segments name, sorted */
    size_t n_named;
    const char *volume; /* only the volume of this label; NULL: all */
    bool interpolate;   /* single missing slices are interpolated */
};

/* Arranges the n >= 1 files of one series into volumes: one, or several with labels. Files that are
 * not used are listed; anything that does not fit makes the whole series ERR_REFUSED, with file and
 * numbers: a volume from which a slice was left out silently would be wrong. Both results are
 * released by the caller, whatever is returned. */
bool series_arrange(const struct course_file *const *file, size_t n, const struct series_wish *wish,
                    struct series_list *out, struct series_drops *drops, struct err *e);
void series_free(struct series *s);
void series_list_free(struct series_list *l);
void series_drops_free(struct series_drops *d);

#endif
