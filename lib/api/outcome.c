#include "api/outcome.h"

#include "base/mem.h"
#include "engine/engine.h"

#include <math.h>
#include <stdlib.h>

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

static bool name_columns(struct radmill_result *r, struct err *e)
{
    const struct columns *c = &r->values.columns;
    r->name = mem_array(c->n + 1, sizeof *r->name, e);
    for (size_t i = 0; r->name && i < c->n; i++)
        if (!(r->name[i] = outcome_name(&c->item[i], e)))
            return false;
    return r->name != NULL;
}

static bool name_diagnostics(struct radmill_result *r, struct err *e)
{
    const struct diagnostics *d = &r->diagnostics;
    r->known = mem_array(d->n + 1, sizeof *r->known, e);
    for (size_t i = 0; r->known && i < d->n; i++) {
        struct str name = STR_MAY_FAIL;
        str_addf(&name, "diagnostics_%s", d->item[i].name);
        bool ok = str_ok(&name, e);
        r->known[i] = str_take(&name);
        if (!ok)
            return false;
    }
    return r->known != NULL;
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
    return name_columns(r, e) && name_diagnostics(r, e);
}

void radmill_result_destroy(struct radmill_result *r)
{
    if (!r)
        return;
    for (size_t i = 0; r->name && i < r->values.columns.n; i++)
        free(r->name[i]);
    for (size_t i = 0; r->known && i < r->diagnostics.n; i++)
        free(r->known[i]);
    free(r->name);
    free(r->known);
    diagnostics_free(&r->diagnostics);
    result_free(&r->values);
    free(r);
}

size_t radmill_result_count(const struct radmill_result *r)
{
    return r ? r->values.n : 0;
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

bool radmill_result_value(const struct radmill_result *r, size_t i, struct radmill_value *out)
{
    if (i >= radmill_result_count(r))
        return false;
    const struct result_value *v = &r->values.item[i];
    const struct radmill_value own = {
        .name = r->name[v->column],
        .image = v->image,
        .family = v->family->name,
        .feature = v->feature->name,
        .aggregation = v->aggregation,
        .code = or_empty(v->feature->ibsi_code),
        .unit = or_empty(v->feature->unit),
        .reason = or_empty(v->value.reason),
        .value = v->value.reason ? NAN : v->value.value,
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
        .name = r->known[i], .text = d->text, .kind = (enum radmill_kind)d->kind};
    api_write(out, &own, sizeof own);
    return true;
}
