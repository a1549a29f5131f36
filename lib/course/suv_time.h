/* When things happened, for SUV: the injection, the acquisitions, and the time that the decay
 * correction of an image refers to. */
#ifndef RADMILL_COURSE_SUV_TIME_H
#define RADMILL_COURSE_SUV_TIME_H

#include "base/str.h"
#include "course/moment.h"

/* When file i was acquired (AcquisitionDate, else SeriesDate, and AcquisitionTime). */
bool suv_acquired(const struct series *s, size_t i, struct moment *out);

/* The first of a series' acquisitions. */
bool suv_first_acquired(const struct series *s, struct moment *out);

/* When it was injected. A bare time belongs to the day of `reference`, or to the day before when it
 * is later than that. ERR_REFUSED: no time, two that differ, one after the reference, or a dated
 * one more than SUV_HALF_LIVES before it (half_life_s <= 0: not known, not checked). notes: gets an
 * injection on another day than the reference, once; may be NULL. */
bool suv_injected(const struct series *s, struct moment reference, double half_life_s,
                  struct moment *out, struct str_list *notes, struct err *e);
#define SUV_HALF_LIVES 10

/* What the decay correction START refers to, for each file: the vendor's own time; else the series
 * time, where it is not after the first acquisition; else acquisition + average decay time - frame
 * reference time of each slice. notes: gets other sources whose time would change SUV by more than
 * 1 %; may be NULL. ERR_REFUSED: none is there, or one that lies less than a minute after the
 * injection or more than a minute after the first acquisition. */
bool suv_reference(const struct series *s, double half_life_s, struct moment *at,
                   struct str_list *notes, struct err *e);

/* An enhanced PET image (class 1.2.840.10008.5.1.4.1.1.130), not one converted from slices. */
bool suv_is_enhanced(const struct series *s);

#endif
