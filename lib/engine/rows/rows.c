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

/* The names or the values of the case's own columns. */
static void put_prefix(struct csv_row *row, const struct row_prefix *prefix,
                       const char *const *field)
{
    for (size_t i = 0; prefix && i < prefix->n; i++)
        csv_put(row, field[i]);
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
    struct csv_row row = csv_row_begin(out);
    struct diagnostics d;
    struct str_list features = {0};
    if (!columns_list(p, dims, &features, e)) {
        str_list_free(&features);
        return false;
    }
    diagnostics_list(p, NULL, &d);
    put_prefix(&row, prefix, prefix ? prefix->name : NULL);
    for (size_t i = 0; i < d.n; i++) {
        char name[96];
        strcpy(name, "diagnostics_");
        csv_put(&row, strcat(name, d.item[i].name));
    }
    csv_put_list(&row, &features);
    csv_row_end(&row);
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
    return feature && strcmp(feature, family_row(v->family, v->feature)->name) == 0;
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
    struct csv_row row = csv_row_begin(out);
    size_t at = 0;
    struct diagnostics d;
    struct str_list features = {0};
    if (!columns_list(p, dims, &features, e)) {
        str_list_free(&features);
        return false;
    }
    diagnostics_list(p, result ? result->log : NULL, &d);
    put_prefix(&row, prefix, prefix ? prefix->value : NULL);
    for (size_t i = 0; i < d.n; i++)
        csv_put(&row, result && d.item[i].text ? d.item[i].text : "");
    for (size_t i = 0; i < features.n; i++) {
        char text[NUM_TEXT];
        const struct fvalue *v = result ? find_value(result, features.item[i], &at) : NULL;
        csv_put(&row, v ? value_text(v, text) : "");
    }
    csv_row_end(&row);
    diagnostics_free(&d);
    str_list_free(&features);
    return true;
}

/* --- JSON --- */

static void json_diagnostics(const struct params *p, const struct result *result,
                             struct json_object *o)
{
    struct diagnostics d;
    diagnostics_list(p, result->log, &d);
    for (size_t i = 0; i < d.n; i++) {
        char name[96] = "diagnostics_";
        if (d.item[i].json)
            json_put(o, strcat(name, d.item[i].name), d.item[i].json);
    }
    diagnostics_free(&d);
}

static void json_features(const struct result *result, struct json_object *o)
{
    struct str name = {0}, value = {0};
    for (size_t i = 0; i < result->n; i++) {
        const struct result_value *v = &result->item[i];
        if (v->value.absent)
            continue;
        name.len = value.len = 0;
        column_name(&name, v->response, v->family, v->feature);
        json_add_real(&value, v->value.value);
        json_put(o, name.text, value.text);
    }
    str_free(&name);
    str_free(&value);
}

static void json_case(const struct params *p, const struct row_prefix *prefix,
                      const struct result *result, struct str *out)
{
    struct json_object o = json_object_begin(out);
    for (size_t i = 0; prefix && i < prefix->n; i++)
        json_put_text(&o, prefix->name[i], prefix->value[i]);
    if (result) {
        json_diagnostics(p, result, &o);
        json_features(result, &o);
    }
    json_object_end(&o);
}

/* --- long CSV --- */

static void long_case(const struct row_prefix *prefix, const struct result *result, struct str *out)
{
    for (size_t i = 0; i < result->n; i++) {
        const struct result_value *v = &result->item[i];
        const struct feature *f = family_row(v->family, v->feature);
        struct csv_row row = csv_row_begin(out);
        char text[NUM_TEXT];
        put_prefix(&row, prefix, prefix ? prefix->value : NULL);
        const char *field[] = {v->response,
                               v->family->name,
                               f->name,
                               f->ibsi_code ? f->ibsi_code : "",
                               value_text(&v->value, text),
                               f->unit ? f->unit : "",
                               v->value.reason ? v->value.reason : ""};
        for (size_t k = 0; k < sizeof field / sizeof *field; k++)
            csv_put(&row, field[k]);
        csv_row_end(&row);
    }
}

static void long_header(const struct row_prefix *prefix, struct str *out)
{
    struct csv_row row = csv_row_begin(out);
    put_prefix(&row, prefix, prefix ? prefix->name : NULL);
    csv_put_names(&row, long_columns);
    csv_row_end(&row);
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
