/* Standardised uptake value by body weight: what a stored activity concentration is multiplied
 * with. */
#ifndef RADMILL_COURSE_SUV_H
#define RADMILL_COURSE_SUV_H

#include "base/str.h"
#include "course/series.h"

/* factor[i] for file i of the series: SUVbw in g/ml = factor * rescaled value (PS3.3 C.8.9; QIBA
 * SUV definition). Units BQML: patient weight / injected dose, the dose decayed from injection to
 * the reference of the image's decay correction: START suv_reference (suv_time.h), ADMIN none,
 * NONE the acquisition of each slice, averaged over its frame duration. GML of type BW: 1. GML and
 * CM2ML of other types: suv_body.h. CNTS of Philips with its factor to SUV: that; with its factor
 * to activity: as BQML; with both: the first, when they agree within 2 %. Everything else, and
 * missing or impossible attributes, is ERR_REFUSED with their names. notes: remarks on the values
 * are appended. */
bool suv_factors(const struct series *s, double *factor, struct str_list *notes, struct err *e);

/* ERR_REFUSED: slices disagree in attributes that SUV depends on, or there are several
 * radiopharmaceuticals.
 */
bool suv_check_alike(const struct series *s, struct err *e);

/* The same for one attribute. */
bool suv_same_text(const struct series *s, enum dicom_text which, const char *name, struct err *e);

/* Seconds from the injection to the start of the scan; false where it is no PET, or the header does
 * not say both. */
bool suv_uptake(const struct series *s, double *seconds);

#endif
