/* Checks whether the stored values of a series mean what their header says. */
#ifndef RADMILL_COURSE_VALUES_H
#define RADMILL_COURSE_VALUES_H

#include "course/series.h"

enum stored_bits { STORED_REFUSE, STORED_CUT, STORED_ALL };

/* What the user accepts; zero: nothing. */
struct value_rules {
    bool identity_rescale;        /* a CT or PET without any rescale: stored values as they are */
    enum stored_bits stored_bits; /* samples that use bits beyond the stored ones (stored.h) */
};

/* ERR_REFUSED with the file and the setting that would take it, where there is one: a Modality LUT,
 * which is not applied; slices without rescale among others with it; a CT or PET without any. Half
 * of a rescale (a slope without an intercept) counts as none. */
bool values_check(const struct series *s, const struct value_rules *rules, struct err *e);

/* Does the series lack a rescale although its values need one (CT, PET)? */
bool values_are_bare(const struct series *s);

#endif
