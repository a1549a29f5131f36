/* How the images of a series were acquired: one value for each field of shim/acquisition_fields.h.
 */
#ifndef RADMILL_COURSE_ACQUISITION_H
#define RADMILL_COURSE_ACQUISITION_H

#include "course/series.h"

#include <jansson.h>

/* New object: the fields that the headers state, in their order. A number that differs from image
 * to image (tube current) is their mean, a text that differs is "mixed". PET: uptake_min, from the
 * injection to the start of the scan, where both are stated. */
json_t *acquisition_json(const struct series *s);

/* The day of the first image of a series, YYYYMMDD: Acquisition Date, else Series Date, else Study
 * Date; empty when none of them is a date. */
void acquisition_date(const struct series *s, char date[9]);

#endif
