/* Compares the positions of contours and segmentation frames with the images that they refer to.
 * When all agree, a different frame of reference is accepted. */
#ifndef RADMILL_COURSE_DRAWN_H
#define RADMILL_COURSE_DRAWN_H

#include "course/group.h"
#include "shim/dicom_rtstruct.h"
#include "shim/dicom_seg.h"

#define DRAWN_OFF 0.1 /* how far off its image a contour may lie, in slice spacings */

/* A set as it is read for this. Zero-initialise; release with drawn_free. */
struct drawn {
    bool is_read;
    struct err problem;
    struct rtstruct structures;
    struct seg segments;
};

struct home_search;

/* Does every contour (frame) of region `roi` refer to images in g, and lie in the plane of one of
 * them and within its pixels? false: the reason, as the end of a sentence; also for a region
 * without contours and for a file that cannot be read. */
bool drawn_on_images(struct drawn *d, const struct home_search *search,
                     const struct course_file *set, size_t roi, const struct group *g,
                     struct err *why);
void drawn_free(struct drawn *d);

#endif
