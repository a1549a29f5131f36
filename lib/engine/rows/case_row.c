#include "engine/rows/case_row.h"

#include "base/mem.h"
#include "base/num.h"
#include "engine/rows/json_text.h"

#include <math.h>
#include <stdlib.h>

static void add_cell(struct case_row *r, const char *name, const char *text, const char *json)
{
    str_list_add(&r->name, name);
    str_list_add(&r->text, text);
    str_list_add(&r->json, json);
}

/* A text and, quoted, its JSON. */
static void add_text(struct case_row *r, const char *name, const char *text)
{
    struct str json = {0};
    json_add_text(&json, text);
    add_cell(r, name, text, json.text);
    str_free(&json);
}

/* JSON of a diagnostic: a list has other brackets, and what is no number is null. */
static void diagnostic_json(const struct diagnostic *d, struct str *out)
{
    double value;
    if (d->kind == DIAGNOSTIC_TEXT) {
        json_add_text(out, d->text);
    } else if (d->kind == DIAGNOSTIC_LIST) {
        str_add(out, d->text);
        out->text[0] = '[';
        out->text[out->len - 1] = ']';
    } else {
        bool finite = num_parse_double(d->text, &value) && isfinite(value);
        str_add(out, finite ? d->text : "null");
    }
}

static bool add_front(struct case_row *r, const struct params *p, const struct snapshots *log,
                      struct err *e)
{
    struct diagnostics d;
    for (size_t i = 0; r->prefix && i < r->prefix->n; i++)
        add_text(r, r->prefix->name[i], r->prefix->value[i]);
    if (!diagnostics_list(p, log, &d, e))
        return false;
    for (size_t i = 0; i < d.n; i++) {
        struct str name = {0}, json = {0};
        str_addf(&name, "diagnostics_%s", d.item[i].name);
        if (d.item[i].text && log)
            diagnostic_json(&d.item[i], &json);
        add_cell(r, name.text, d.item[i].text && log ? d.item[i].text : "", str_text(&json));
        str_free(&name);
        str_free(&json);
    }
    diagnostics_free(&d);
    r->first_value = r->name.n;
    return true;
}

/* The value of every column (free()); NULL where the case has none. The first of two responses of
 * one name is the one that counts. */
static const struct fvalue **by_column(const struct result *result, struct err *e)
{
    const struct fvalue **value = mem_array(result->columns.n + 1, sizeof *value, e);
    for (size_t i = 0; value && i < result->n; i++) {
        const struct result_value *v = &result->item[i];
        if (v->column >= 0 && !value[v->column])
            value[v->column] = &v->value;
    }
    return value;
}

static void add_value(struct case_row *r, const struct column *column, const struct fvalue *value)
{
    struct str name = {0};
    char text[NUM_TEXT] = "";
    const char *json = "";
    column_name(&name, column);
    if (value && !isnan(value->value))
        num_format(value->value, text);
    if (value)
        /* formatted once for both: formatting numbers is slow */
        json = isfinite(value->value) ? text : "null";
    add_cell(r, name.text, text, json);
    str_free(&name);
}

static void add_columns(struct case_row *r, const struct columns *c, const struct fvalue **value)
{
    for (size_t i = 0; i < c->n; i++)
        add_value(r, &c->item[i], value ? value[i] : NULL);
}

bool case_row_columns(const struct params *p, const struct row_prefix *prefix, int dims, bool maps,
                      struct case_row *out, struct err *e)
{
    struct columns c;
    *out = (struct case_row){.prefix = prefix, .maps = maps};
    bool ok = columns_create(p, dims, &c, e) && add_front(out, p, NULL, e);
    for (size_t i = 0; ok && i < c.n; i++)
        if (!maps || c.item[i].family->tap != TAP_SHAPE)
            add_value(out, &c.item[i], NULL);
    columns_free(&c);
    return ok;
}

bool case_row_values(const struct params *p, const struct row_prefix *prefix,
                     const struct result *result, struct case_row *out, struct err *e)
{
    *out = (struct case_row){.prefix = prefix, .result = result};
    if (!add_front(out, p, result->log, e))
        return false;
    const struct fvalue **value = by_column(result, e);
    if (!value)
        return false;
    add_columns(out, &result->columns, value);
    free(value);
    return true;
}

bool case_row_maps(const struct params *p, const struct row_prefix *prefix,
                   const struct snapshots *log, struct case_row *out, struct err *e)
{
    *out = (struct case_row){.prefix = prefix, .maps = true};
    return add_front(out, p, log, e);
}

void case_row_add_map(struct case_row *r, const char *column, const char *path)
{
    add_text(r, column, path);
}

void case_row_free(struct case_row *r)
{
    str_list_free(&r->name);
    str_list_free(&r->text);
    str_list_free(&r->json);
}
