/* One image and its masks as one page, pictures included. */
#ifndef RADMILL_REPORT_ALONE_H
#define RADMILL_REPORT_ALONE_H

#include "base/err.h"

#include <stddef.h>

/* modality NULL or "": CT when the image holds values below -500, else none. Label 1 of each mask
 * is drawn; names are those of the files, sources those of their folders when these are called as
 * the pipeline calls them. ERR_REFUSED: a file cannot be read, or a mask lies on another grid. */
bool report_alone(const char *image, const char *const *masks, size_t n, const char *modality,
                  const char *out, struct err *e);

#endif
