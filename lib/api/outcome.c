#include "api/outcome.h"

#include "base/mem.h"
#include "engine/engine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct radmill_result *outcome_create(const struct params *p, struct err *e)
{
    struct radmill_result *r = mem_array(1, sizeof *r, e);
    if (r && !engine_begin(p, &r->values, e)) {
        radmill_result_destroy(r);
        return NULL;
    }
    return r;
}

char *outcome_name(const struct column *column, struct err *e)
{
    struct str name = STR_MAY_FAIL;
    column_name(&name, column);
    bool ok = str_ok(&name, e);
    char *text = str_take(&name);
    return ok ? text : NULL;
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static bool texts_open(struct texts *t, size_t rows, struct err *e)
{
    *t = (struct texts){.all = STR_MAY_FAIL};
    t->row = mem_array(rows + 1, sizeof *t->row, e);
    return t->row != NULL;
}

static void texts_free(struct texts *t)
{
    str_free(&t->all);
    free(t->row);
}

static void add_text(struct texts *t, const char *text)
{
    str_add_n(&t->all, text, strlen(text) + 1);
}

static const char *text_of(const struct texts *t, size_t row)
{
    return str_text(&t->all) + t->row[row];
}

static double number_of(const struct result_value *v)
{
    return v->value.reason ? NAN : v->value.value;
}

static void describe(struct texts *t, const struct radmill_result *r, const struct result_value *v)
{
    column_name(&t->all, &r->values.columns.item[v->column]);
    add_text(t, ""); /* ends the name */
    const char *const rest[] = {v->image,
                                v->family->name,
                                v->feature->name,
                                v->aggregation,
                                or_empty(v->feature->ibsi_code),
                                or_empty(v->feature->unit)};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        add_text(t, rest[i]);
}

static bool list_values(struct radmill_result *r, struct err *e)
{
    const struct result *v = &r->values;
    r->number = mem_array(v->n + 1, sizeof *r->number, e);
    if (!r->number || !texts_open(&r->about, v->n, e) || !texts_open(&r->reason, v->n, e))
        return false;
    for (size_t i = 0; i < v->n; i++) {
        r->number[i] = number_of(&v->item[i]);
        r->about.row[i] = r->about.all.len;
        describe(&r->about, r, &v->item[i]);
        r->reason.row[i] = r->reason.all.len;
        add_text(&r->reason, or_empty(v->item[i].value.reason));
    }
    return str_ok(&r->about.all, e) && str_ok(&r->reason.all, e);
}

static bool list_diagnostics(struct radmill_result *r, struct err *e)
{
    const struct diagnostics *d = &r->diagnostics;
    if (!texts_open(&r->known, d->n, e))
        return false;
    for (size_t i = 0; i < d->n; i++) {
        r->known.row[i] = r->known.all.len;
        str_addf(&r->known.all, "diagnostics_%s", d->item[i].name);
        add_text(&r->known, ""); /* ends the name */
        add_text(&r->known, d->item[i].text);
        str_addf(&r->known.all, "%d", (int)d->item[i].kind);
        add_text(&r->known, "");
    }
    return str_ok(&r->known.all, e);
}

/* Missing values and diagnostics are left out. */
static void drop_absent(struct radmill_result *r)
{
    struct result *v = &r->values;
    struct diagnostics *d = &r->diagnostics;
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++)
        if (v->item[i].column >= 0)
            v->item[n++] = v->item[i];
    v->n = n;
    n = 0;
    for (size_t i = 0; i < d->n; i++)
        if (d->item[i].text)
            d->item[n++] = d->item[i];
    d->n = n;
}

bool outcome_complete(struct radmill_result *r, const struct params *p, struct err *e)
{
    if (!diagnostics_list(p, r->values.log, &r->diagnostics, e))
        return false;
    drop_absent(r);
    return list_values(r, e) && list_diagnostics(r, e);
}

void radmill_result_destroy(struct radmill_result *r)
{
    if (!r)
        return;
    free(r->number);
    texts_free(&r->about);
    texts_free(&r->reason);
    texts_free(&r->known);
    diagnostics_free(&r->diagnostics);
    result_free(&r->values);
    free(r);
}

size_t radmill_result_count(const struct radmill_result *r)
{
    return r ? r->values.n : 0;
}

bool radmill_result_value(const struct radmill_result *r, size_t i, struct radmill_value *out)
{
    if (i >= radmill_result_count(r))
        return false;
    const struct result_value *v = &r->values.item[i];
    const struct radmill_value own = {
        .name = text_of(&r->about, i),
        .image = v->image,
        .family = v->family->name,
        .feature = v->feature->name,
        .aggregation = v->aggregation,
        .code = or_empty(v->feature->ibsi_code),
        .unit = or_empty(v->feature->unit),
        .reason = or_empty(v->value.reason),
        .value = r->number[i],
    };
    api_write(out, &own, sizeof own);
    return true;
}

bool radmill_result_diagnostic(const struct radmill_result *r, size_t i,
                               struct radmill_diagnostic *out)
{
    if (!r || i >= r->diagnostics.n)
        return false;
    const struct diagnostic *d = &r->diagnostics.item[i];
    const struct radmill_diagnostic own = {
        .name = text_of(&r->known, i), .text = d->text, .kind = (enum radmill_kind)d->kind};
    api_write(out, &own, sizeof own);
    return true;
}

bool radmill_result_table(const struct radmill_result *r, struct radmill_table *out)
{
    if (!r)
        return false;
    const struct radmill_table own = {
        .values = r->values.n,
        .value = r->number,
        .texts = str_text(&r->about.all),
        .texts_bytes = r->about.all.len,
        .reasons = str_text(&r->reason.all),
        .reasons_bytes = r->reason.all.len,
        .diagnostics = r->diagnostics.n,
        .diagnostic_texts = str_text(&r->known.all),
        .diagnostic_texts_bytes = r->known.all.len,
    };
    api_write(out, &own, sizeof own);
    return true;
}
