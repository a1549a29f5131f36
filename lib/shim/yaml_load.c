#include "shim/yaml.h"

#include "base/str.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool read_all(FILE *f, struct str *out)
{
    char piece[1 << 14];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0 && out->len <= YAML_MAX_BYTES)
        str_add_n(out, piece, n);
    return !ferror(f);
}

struct yaml_doc *yaml_load(const char *path, struct err *e)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *f = standard ? stdin : fopen(path, "rb");
    if (!f) {
        err_set(e, ERR_REFUSED, "reading %s: %s", path, strerror(errno));
        return NULL;
    }
    struct str text = STR_MAY_FAIL;
    struct yaml_doc *doc = NULL;
    if (!read_all(f, &text))
        err_set(e, ERR_REFUSED, "reading %s: %s", path, strerror(errno));
    else if (str_ok(&text, e))
        doc = yaml_parse(str_text(&text), text.len, standard ? "standard input" : path,
                         str_ends_with(path, ".json") ? YAML_JSON : YAML_1_2, e);
    if (!standard)
        fclose(f);
    str_free(&text);
    return doc;
}
