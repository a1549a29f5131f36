/* The name that was probably meant by a misspelt one. */
#ifndef RADMILL_BASE_NEAREST_H
#define RADMILL_BASE_NEAREST_H

/* The entry of `candidates` (NULL-terminated) that is nearest to text by edit distance, or NULL
 * when none is similar enough. */
const char *name_nearest(const char *text, const char *const *candidates);

#endif
