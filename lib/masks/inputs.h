/* The inputs of a conversion: files that were given, or the structure sets of a manifest's course,
 * and the image that the masks are for. */
#ifndef RADMILL_MASKS_INPUTS_H
#define RADMILL_MASKS_INPUTS_H

#include "masks/source.h"

#include <jansson.h>

struct inputs_wanted {
    const char *const *file; /* files and folders; n 0: the course's structure sets */
    size_t n;
    const char *manifest, *course; /* both or neither; course: "PATIENT/COURSE" */
    const char *structure_set;     /* SOP instance UID; NULL: all of the course */
    bool names_only;
};

struct inputs {
    json_t *manifest;
    const json_t *course; /* of the manifest; NULL without one */
    struct mask_source *source;
    size_t n;
};

/* ERR_REFUSED: no such course or structure set, or a file that is no source of masks. Release with
 * inputs_close, also after an error. */
bool inputs_open(const struct inputs_wanted *wanted, struct inputs *out, struct err *e);
void inputs_close(struct inputs *in);

/* Is this entry of a course's structure_sets the source's file? */
bool inputs_is_set(const json_t *set, const struct mask_source *s);

/* Frame of Reference UID of an image that dcm2nii-course wrote, from the .json beside it; an empty
 * string when there is none (free()). */
char *inputs_frame_of(const char *image);

#endif
