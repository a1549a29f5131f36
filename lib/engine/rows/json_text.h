/* JSON values as text, numbers spelled as in the CSV. */
#ifndef RADMILL_ENGINE_ROWS_JSON_TEXT_H
#define RADMILL_ENGINE_ROWS_JSON_TEXT_H

#include "base/str.h"

void json_add_text(struct str *out, const char *text); /* quoted and escaped */
void json_add_real(struct str *out, double value);     /* null when it is NaN or infinite */

/* An object on its way into a text, one member a line; the members are counted. */
struct json_object {
    struct str *out; /* borrowed */
    size_t members;
};

struct json_object json_object_begin(struct str *out);
void json_put(struct json_object *o, const char *name, const char *json); /* json: as it stands */
void json_put_text(struct json_object *o, const char *name, const char *text);
void json_object_end(struct json_object *o);

#endif
