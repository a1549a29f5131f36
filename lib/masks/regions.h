/* Functions for regions, their names and reasons, shared by the formats of masks/source.h. */
#ifndef RADMILL_MASKS_REGIONS_H
#define RADMILL_MASKS_REGIONS_H

#include "masks/source.h"

/* Compares a region's frame of reference with the target's, where both are known. false: another
 * one, and the paint is refused with the reason. */
bool mask_frame_fits(const struct mask_target *t, const struct mask_roi *r, const char *frame_uid,
                     struct mask_paint *out);

/* Appends a region; name is copied. The pointer holds until the next call. */
struct mask_roi *source_add(struct mask_source *s, const char *name, int64_t number);

/* For formats with numbered regions: refuses a region whose number is not unique, or that no item
 * defines. region, part: their names for messages ("ROI", "contours"). */
void source_refuse_number(struct mask_roi *r, bool ambiguous, bool unnamed, const char *region,
                          const char *part);

/* Adds the notes of a DICOM file (shim/dicom_forgiven.h) to all its regions so far, except the note
 * on texts, which concerns the name of a single region. */
void source_remark(struct mask_source *s, int64_t forgiven);

/* guessed: the region's name has bytes that the file's character set does not explain. */
void source_remark_name(struct mask_roi *r, bool guessed);

bool source_name_dicom(const char *path, struct mask_source *s, struct err *e); /* name_regions */

#endif
