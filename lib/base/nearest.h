/* The name that a slip may stand for. */
#ifndef RADMILL_BASE_NEAREST_H
#define RADMILL_BASE_NEAREST_H

/* The entry of `candidates` (NULL-terminated) that is nearest to text by edit distance, or NULL
 * when none is near enough to be a likely slip. */
const char *name_nearest(const char *text, const char *const *candidates);

#endif
