/* Texts counted in a JSON object: {"text": how often}. */
#ifndef RADMILL_IO_JSON_COUNT_H
#define RADMILL_IO_JSON_COUNT_H

#include <jansson.h>
#include <stddef.h>

/* One more of text. Bytes that are no UTF-8 are counted as U+FFFD, so that none is lost. */
void json_count(json_t *counts, const char *text);

struct json_count {
    const char *text; /* borrowed from the object */
    size_t n;
};

/* The counts of an object, largest first, equal ones by text; *n of them. Release with free. */
struct json_count *json_counts_most_first(const json_t *counts, size_t *n);

#endif
