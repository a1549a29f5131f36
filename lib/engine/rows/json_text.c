#include "engine/rows/json_text.h"

#include "base/mem.h"
#include "base/num.h"
#include "io/json.h"

#include <math.h>
#include <stdlib.h>

void json_add_text(struct str *out, const char *text)
{
    json_t *value = json_text(text);
    char *quoted = mem_must(json_dumps(value, JSON_ENCODE_ANY));
    str_add(out, quoted);
    free(quoted);
    json_decref(value);
}

void json_add_real(struct str *out, double value)
{
    char text[NUM_TEXT];
    str_add(out, isfinite(value) ? num_format(value, text) : "null");
}
