/* One course, or one folder, to image.nii and image.json. */
#ifndef RADMILL_COURSE_IMAGE_H
#define RADMILL_COURSE_IMAGE_H

#include "base/str.h"
#include "course/assemble.h"
#include "course/manifest.h"

/* A series that was read. Release with image_free. */
struct image {
    struct file_list files;
    struct series series;
    struct series_drops drops;
    struct str_list notes; /* of the scan */
    struct volume volume;  /* grid and type */
    struct volume_facts facts;
    struct str_list suv_notes; /* notes on SUV */
    bool suv;                  /* PET values are SUV by body weight */
    struct value_rules values; /* what was allowed */
};

/* How a volume is to be made. */
struct image_wish {
    bool interpolate; /* for a folder: single missing slices are interpolated (for a course the scan
                         decides) */
    bool suv_bw;      /* PET becomes SUV by body weight; other modalities are left as they are */
    struct value_rules values;
    struct pool *pool; /* reads headers, and as in struct assembly; the same bytes without one */
};

/* Makes the NIfTI file `path` (any that nii_write takes) of a manifest's course, and says what it
 * holds. ERR_REFUSED when its files are not what the scan saw. */
bool image_of_course(const struct manifest_course *c, const struct image_wish *wish,
                     const char *path, struct image *out, struct err *e);

/* The same of the only image series below a folder; ERR_REFUSED when there is none, or more than
 * one. */
bool image_of_folder(const char *folder, const struct image_wish *wish, const char *path,
                     struct image *out, struct err *e);

/* Writes where the image came from and what it is (docs/scan.md). An equal file stays untouched. */
bool image_write_json(const char *path, const struct image *image, struct err *e);

void image_free(struct image *image);

#endif
