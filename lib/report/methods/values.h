/* Settings as text. */
#ifndef RADMILL_REPORT_METHODS_VALUES_H
#define RADMILL_REPORT_METHODS_VALUES_H

#include "engine/settings/key.h"
#include "report/template.h"

/* A number as people write it: "25", "0.5", "1e-06", with the sign of infinity where it is. */
struct shown value_number(double value);

/* What a key holds in `place`, the struct that its offset is of: "25", "[1, 2]", "true", "none". */
void value_text(const struct key *k, const void *place, struct str *out);

/* "1 x 1 x 3"; with all equal and short: "1". */
void value_sizes(const struct real_list *mm, bool is_short, struct str *out);

/* A range as IBSI writes it: "[-1000, 400]", "[3, ∞)". */
void value_range(double lo, double hi, struct str *out);

#endif
