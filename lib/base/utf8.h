/* What is well-formed UTF-8 (Unicode, table 3-7). */
#ifndef RADMILL_BASE_UTF8_H
#define RADMILL_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Length in bytes of the well-formed sequence at s, of which n bytes are left; 0: the bytes are not
 * UTF-8. */
size_t utf8_length(const char *s, size_t n);

bool utf8_valid(const char *s, size_t n);

/* The code point at *at, of which `left` bytes (1 or more) are left; *at moves behind it. U+FFFD
 * for a byte that begins none. */
uint32_t utf8_point(const char **at, size_t left);

/* What changes how its neighbours look, or cannot be seen at all: control characters, marks that
 * turn the direction of writing, what is invisible. */
bool utf8_is_unseen(uint32_t point);

#ifdef __cplusplus
}
#endif

#endif
