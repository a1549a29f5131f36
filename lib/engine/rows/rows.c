#include "engine/rows/rows.h"

#include "base/num.h"
#include "engine/rows/columns.h"
#include "engine/rows/diagnostics.h"
#include "engine/rows/json_text.h"
#include "io/csv.h"

#include <math.h>
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

/* The rest of text behind a word and an underscore (or the end), NULL when it does not start so. */
static const char *behind(const char *text, const char *word)
{
    size_t n = strlen(word);
    return text && strncmp(text, word, n) == 0 && (text[n] == '_' || !text[n])
               ? text + n + !!text[n]
               : NULL;
}

static bool is_column(const struct result_value *v, const char *column)
{
    const char *class = behind(column, v->response), *feature = behind(class, v->family->name);
    return feature && strcmp(feature, v->family->feature[v->feature].name) == 0;
}

/* The value of a column: results come in the order of the columns, with gaps where a response was
 * passed over, so the search goes on from the last hit. */
static const struct fvalue *find_value(const struct result *r, const char *column, size_t *at)
{
    for (size_t tried = 0; tried < r->n; tried++) {
        size_t i = (*at + tried) % r->n;
        if (!is_column(&r->item[i], column))
            continue;
        *at = (i + 1) % r->n;
        return &r->item[i].value;
    }
    return NULL;
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

static void json_member(struct str *out, const char *name, const char *json)
{
    str_add(out, out->text[out->len - 1] == '{' ? "\n  " : ",\n  ");
    json_add_text(out, name);
    str_addf(out, ": %s", json);
}

static void json_diagnostics(const struct params *p, const struct result *result, struct str *out)
{
    struct diagnostics d;
    diagnostics_list(p, result->log, &d);
    for (size_t i = 0; i < d.n; i++) {
        char name[96] = "diagnostics_";
        if (d.item[i].json)
            json_member(out, strcat(name, d.item[i].name), d.item[i].json);
    }
    diagnostics_free(&d);
}

static void json_features(const struct result *result, struct str *out)
{
    struct str name = {0}, value = {0};
    for (size_t i = 0; i < result->n; i++) {
        const struct result_value *v = &result->item[i];
        if (v->value.absent)
            continue;
        name.len = value.len = 0;
        column_name(&name, v->response, v->family, v->feature);
        json_add_real(&value, v->value.value);
        json_member(out, name.text, value.text);
    }
    str_free(&name);
    str_free(&value);
}

static void json_case(const struct params *p, const struct row_prefix *prefix,
                      const struct result *result, struct str *out)
{
    str_add_char(out, '{');
    for (size_t i = 0; prefix && i < prefix->n; i++) {
        struct str value = {0};
        json_add_text(&value, prefix->value[i]);
        json_member(out, prefix->name[i], value.text);
        str_free(&value);
    }
    if (result) {
        json_diagnostics(p, result, out);
        json_features(result, out);
    }
    str_add(out, "\n}\n");
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
