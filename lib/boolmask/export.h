/* Built structures to files. */
#ifndef RADMILL_BOOLMASK_EXPORT_H
#define RADMILL_BOOLMASK_EXPORT_H

#include "boolmask/build.h"

/* Builds the structures of the recipe whose `wanted` is true (NULL: all) and writes
 * FOLDER/<roi_id>.nii.gz for each that has a mask, and FOLDER/masks.json last, in the form that
 * rtstruct2masks writes plus `partial` and `sources`. Files that come out equal stay untouched; a
 * file of a structure that has no mask any more is removed. *refused: structures that wrong input
 * kept from being built. Error: I/O, memory, a circle. */
bool boolmask_export_folder(struct builder *b, const bool *wanted, const char *folder,
                            size_t *refused, struct err *e);

/* One result to a file or "-"; an empty one is a mask of zeroes. ERR_REFUSED: it has no mask. */
bool boolmask_export_single(const struct builder *b, const struct build_result *r, const char *path,
                            struct err *e);

/* The recipe's structures as text or JSON on standard output: name, roi_id, operation, sources. */
bool boolmask_list(const struct recipe *r, bool as_json, struct err *e);

#endif
