/* Uptake values that were normalised by another measure of the body than its weight. */
#ifndef RADMILL_COURSE_SUV_BODY_H
#define RADMILL_COURSE_SUV_BODY_H

#include "base/err.h"

#include <stdbool.h>

/* Units (0054,1001) and SUV Type (0054,1006) of one measure. */
struct suv_body;

/* NULL: no measure that is known. Type LBM is none: two formulas are in use under that name. */
const struct suv_body *suv_body_find(const char *units, const char *type);

/* Is it another one for men than for women? */
bool suv_body_needs_sex(const struct suv_body *b);

/* What a value is multiplied with to be one by body weight: 1000 weight_kg / measure, the measure
 * in g (lean body mass, ideal body weight) or cm2 (body surface). sex: Patient's Sex (0010,0040), M
 * or F; O: the mean of both measures. size_m: Patient's Size. ERR_REFUSED: the sex decides and is
 * none of these, the size is not in metres, or the formula gives no positive measure (lean body
 * mass of a very heavy patient).
 * Formulas: Sugawara et al., Radiology 213 (1999) 521; Janmahasatian et al., Clin Pharmacokinet 44
 * (2005) 1051; Du Bois (1916); as the manual of the SUV reference objects has them
 * (github.com/oncoray/suv_computation). */
bool suv_body_factor(const struct suv_body *b, const char *sex, double weight_kg, double size_m,
                     double *factor, struct err *e);

#endif
