#include "engine/rows/json_text.h"

#include "base/num.h"
#include "io/json.h"

#include <math.h>
#include <stdlib.h>

void json_add_text(struct str *out, const char *text)
{
    json_t *value = json_text(text);
    char *quoted = json_dumps(value, JSON_ENCODE_ANY);
    if (quoted)
        str_add(out, quoted);
    else
        str_fail(out);
    free(quoted);
    json_decref(value);
}

void json_add_real(struct str *out, double value)
{
    char text[NUM_TEXT];
    str_add(out, isfinite(value) ? num_format(value, text) : "null");
}

struct json_object json_object_begin(struct str *out)
{
    str_add_char(out, '{');
    return (struct json_object){out, 0};
}

static void put_name(struct json_object *o, const char *name)
{
    str_add(o->out, o->members++ ? ",\n  " : "\n  ");
    json_add_text(o->out, name);
    str_add(o->out, ": ");
}

void json_put(struct json_object *o, const char *name, const char *json)
{
    put_name(o, name);
    str_add(o->out, json);
}

void json_put_text(struct json_object *o, const char *name, const char *text)
{
    put_name(o, name);
    json_add_text(o->out, text);
}

void json_object_end(struct json_object *o)
{
    str_add(o->out, "\n}\n");
}
