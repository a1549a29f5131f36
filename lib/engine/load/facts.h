/* Facts about a whole image: digest and statistics (specification 7), by one pass. */
#ifndef RADMILL_ENGINE_LOAD_FACTS_H
#define RADMILL_ENGINE_LOAD_FACTS_H

#include "engine/load/rcase.h"

/* One pass over both files, side by side: minimum, maximum, mean (sums in a fixed order) and SHA-1
 * of the image in its type, SHA-1 of the mask as uint32. Either may be NULL: left out. Pages of a
 * mapped file are given back as the pass goes on. */
void facts_of_files(const struct volume *image, const struct volume *mask,
                    struct file_facts *of_image, char mask_sha1[41]);

struct value_stats stats_of_volume(const struct volume *v);

/* Statistics of n doubles where in[i] is set; in NULL: of all. The mean of no value is NaN. */
struct value_stats stats_of_values(const double *value, const uint8_t *in, int64_t n);

#endif
