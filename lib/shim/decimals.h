/* Decimal Strings of DICOM (VR DS): "1.5\-2\3e1", numbers with blanks around them. */
#ifndef RADMILL_SHIM_DECIMALS_H
#define RADMILL_SHIM_DECIMALS_H

#ifdef __cplusplus
extern "C" {
#endif

#include <stdbool.h>
#include <stddef.h>

/* How many values n bytes of text hold: one more than there are backslashes; 0 when there is
 * nothing but padding. */
size_t decimals_count(const char *text, size_t n);

/* Some writers end a list of points with one empty value after complete triples ("x\\y\\z\\"):
 * removes it from *n and returns true. Anything else is left alone. */
bool decimals_drop_empty_last(const char *text, size_t *n);

/* The most digits behind the point that a value of the list shows, less its exponent; at least 0.
 */
int decimals_shown(const char *text, size_t n);

/* All of them to out[decimals_count]. Correctly rounded. false when one is no finite number. */
bool decimals_parse(const char *text, size_t n, double *out);

#ifdef __cplusplus
}
#endif

#endif
