#include "engine/rows/rows.h"

#include "base/mem.h"
#include "base/num.h"
#include "engine/rows/columns.h"
#include "engine/rows/diagnostics.h"
#include "io/csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const long_columns[] = {"image", "class", "feature", "ibsi_code",
                                           "value", "unit",  "reason",  NULL};

static void add_field(struct str *row, size_t start, const char *text)
{
    csv_add(row, text, row->len == start);
}

static bool defined(const struct fvalue *v)
{
    return !v->absent && !isnan(v->value);
}

static const char *value_text(const struct fvalue *v, char text[NUM_TEXT])
{
    return defined(v) ? num_format(v->value, text) : "";
}

/* --- wide CSV --- */

static bool wide_header(const struct params *p, const struct row_prefix *prefix, int dims,
                        struct str *out, struct err *e)
{
    size_t start = out->len;
    struct diagnostics d;
    struct str_list features = {0};
    if (!columns_list(p, dims, &features, e)) {
        str_list_free(&features);
        return false;
    }
    diagnostics_list(p, NULL, &d);
    for (size_t i = 0; prefix && i < prefix->n; i++)
        add_field(out, start, prefix->name[i]);
    for (size_t i = 0; i < d.n; i++) {
        char name[96];
        strcpy(name, "diagnostics_");
        add_field(out, start, strcat(name, d.item[i].name));
    }
    for (size_t i = 0; i < features.n; i++)
        add_field(out, start, features.item[i]);
    str_add_char(out, '\n');
    diagnostics_free(&d);
    str_list_free(&features);
    return true;
}

/* The value of a column: results come in the order of the columns, with gaps where a response was
 * passed over, so the search goes on from the last hit. */
static const struct fvalue *find_value(const struct result *r, const char *column, size_t *at)
{
    struct str name = {0};
    const struct fvalue *found = NULL;
    for (size_t tried = 0; !found && tried < r->n; tried++) {
        const struct result_value *v = &r->item[(*at + tried) % r->n];
        name.len = 0;
        column_name(&name, v->response, v->family, v->feature);
        if (strcmp(name.text, column) == 0) {
            found = &v->value;
            *at = (*at + tried + 1) % r->n;
        }
    }
    str_free(&name);
    return found;
}

static bool wide_case(const struct params *p, const struct row_prefix *prefix,
                      const struct result *result, int dims, struct str *out, struct err *e)
{
    size_t start = out->len, at = 0;
    struct diagnostics d;
    struct str_list features = {0};
    if (!columns_list(p, dims, &features, e)) {
        str_list_free(&features);
        return false;
    }
    diagnostics_list(p, result ? result->log : NULL, &d);
    for (size_t i = 0; prefix && i < prefix->n; i++)
        add_field(out, start, prefix->value[i]);
    for (size_t i = 0; i < d.n; i++)
        add_field(out, start, result && d.item[i].text ? d.item[i].text : "");
    for (size_t i = 0; i < features.n; i++) {
        char text[NUM_TEXT];
        const struct fvalue *v = result ? find_value(result, features.item[i], &at) : NULL;
        add_field(out, start, v ? value_text(v, text) : "");
    }
    str_add_char(out, '\n');
    diagnostics_free(&d);
    str_list_free(&features);
    return true;
}

/* --- JSON --- */

static void json_case(const struct params *p, const struct row_prefix *prefix,
                      const struct result *result, struct str *out)
{
    json_t *object = json_object();
    struct diagnostics d = {0};
    for (size_t i = 0; prefix && i < prefix->n; i++)
        json_object_set_new(object, prefix->name[i], json_string(prefix->value[i]));
    if (result)
        diagnostics_list(p, result->log, &d);
    for (size_t i = 0; i < d.n; i++) {
        char name[96];
        strcpy(name, "diagnostics_");
        if (d.item[i].json)
            json_object_set(object, strcat(name, d.item[i].name), d.item[i].json);
    }
    for (size_t i = 0; result && i < result->n; i++) {
        const struct result_value *v = &result->item[i];
        struct str name = {0};
        column_name(&name, v->response, v->family, v->feature);
        bool finite = defined(&v->value) && !isinf(v->value.value);
        if (!v->value.absent)
            json_object_set_new(object, name.text,
                                finite ? json_real(v->value.value) : json_null());
        str_free(&name);
    }
    char *text = json_dumps(object, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
    str_add(out, mem_must(text));
    str_add_char(out, '\n');
    free(text);
    json_decref(object);
    diagnostics_free(&d);
}

/* --- long CSV --- */

static void long_case(const struct row_prefix *prefix, const struct result *result, struct str *out)
{
    for (size_t i = 0; i < result->n; i++) {
        const struct result_value *v = &result->item[i];
        const struct feature *f = &v->family->feature[v->feature];
        size_t start = out->len;
        char text[NUM_TEXT];
        for (size_t k = 0; prefix && k < prefix->n; k++)
            add_field(out, start, prefix->value[k]);
        const char *field[] = {v->response,
                               v->family->name,
                               f->name,
                               f->ibsi_code ? f->ibsi_code : "",
                               value_text(&v->value, text),
                               f->unit ? f->unit : "",
                               v->value.reason ? v->value.reason : ""};
        for (size_t k = 0; k < sizeof field / sizeof *field; k++)
            add_field(out, start, field[k]);
        str_add_char(out, '\n');
    }
}

static void long_header(const struct row_prefix *prefix, struct str *out)
{
    size_t start = out->len;
    for (size_t i = 0; prefix && i < prefix->n; i++)
        add_field(out, start, prefix->name[i]);
    for (const char *const *c = long_columns; *c; c++)
        add_field(out, start, *c);
    str_add_char(out, '\n');
}

bool rows_header(const struct params *p, const struct row_prefix *prefix, enum row_format format,
                 int dims, struct str *out, struct err *e)
{
    if (format == ROW_CSV)
        return wide_header(p, prefix, dims, out, e);
    if (format == ROW_LONG)
        long_header(prefix, out);
    return true;
}

bool rows_case(const struct params *p, const struct row_prefix *prefix, const struct result *result,
               enum row_format format, int dims, struct str *out, struct err *e)
{
    if (format == ROW_CSV)
        return wide_case(p, prefix, result, dims, out, e);
    if (format == ROW_JSON)
        json_case(p, prefix, result, out);
    else if (result)
        long_case(prefix, result, out);
    return true;
}
