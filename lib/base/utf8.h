/* What is well-formed UTF-8 (Unicode, table 3-7). */
#ifndef RADMILL_BASE_UTF8_H
#define RADMILL_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Length in bytes of the well-formed sequence at s, of which n bytes are left; 0: the bytes are not
 * UTF-8. */
size_t utf8_length(const char *s, size_t n);

bool utf8_valid(const char *s, size_t n);

#ifdef __cplusplus
}
#endif

#endif
