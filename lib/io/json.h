/* JSON files by jansson: bounded reading with the place of an error, deterministic atomic writing.
 */
#ifndef RADMILL_IO_JSON_H
#define RADMILL_IO_JSON_H

#include "base/err.h"

#include <jansson.h>

/* The document in path ("-": stdin); release with json_decref. ERR_REFUSED names file, line, cause.
 */
json_t *json_read(const char *path, struct err *e);

/* Writes root with two spaces of indent, keys in insertion order, doubles that read back equal. An
 * equal file stays untouched. Does not take the reference. */
bool json_write(const char *path, const json_t *root, struct err *e);

/* Text as a JSON string. Bytes that are no UTF-8 (DICOM is full of them) become U+FFFD. */
json_t *json_text(const char *text);

/* Member as text, or fallback when it is absent or no string. Borrowed. */
const char *json_get_text(const json_t *object, const char *key, const char *fallback);
bool json_get_int(const json_t *object, const char *key, int64_t *out);
bool json_get_real(const json_t *object, const char *key, double *out);
bool json_get_reals(const json_t *object, const char *key, int n,
                    double *out); /* exactly n numbers */
json_t *json_reals(const double *value, int n);

#endif
