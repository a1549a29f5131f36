#include "report/methods/tables.h"

#include "io/json.h"
#include "io/json_count.h"
#include "report/methods/items.h"

#include <stdlib.h>
#include <string.h>

/* --- features --- */

static void put_features_of(const struct class_request *r, struct md *page)
{
    for (int i = 0, n = 0; i < r->n; i++) {
        const struct feature *f = family_row(r->family, r->feature[i]);
        if (f->status == FEATURE_GONE)
            continue;
        md_put(page, "{}{}", n++ ? ", " : "", f->name);
        if (f->ibsi_code)
            md_put(page, " ({})", f->ibsi_code);
    }
}

static void put_class(const struct methods_group *g, int request, struct md *page)
{
    const struct class_request *r = &g->params->request[request];
    const struct methods_family *f = methods_family_of(r->family);
    size_t columns = 0;
    for (size_t i = 0; i < g->columns.n; i++)
        columns += g->columns.item[i].family == r->family;
    md_put(page, "| {} | {} | {} | ", r->family->name, f && f->code ? f->code : "",
           shown_int((long long)columns).text);
    put_features_of(r, page);
    md_put(page, " |\n");
}

static void put_images(const struct methods_group *g, struct md *page)
{
    md_put(page, "Images: ");
    for (size_t i = 0; i < g->columns.images.n; i++)
        md_put(page, "{}{}", i ? ", " : "", g->columns.images.item[i]);
    md_put(page, ".\n\n");
}

void methods_features(const struct methods *m, struct md *page)
{
    md_put(page,
           "## Features\n\nColumns count every image and aggregation; a code in parentheses is "
           "IBSI's, a feature without one is not IBSI's.\n\n");
    for (size_t i = 0; i < m->groups; i++) {
        const struct methods_group *g = &m->group[i];
        md_put(page, "### Features of {}\n\n", g->modalities);
        put_images(g, page);
        md_put(page, "| class | IBSI | columns | features |\n|---|---|---:|---|\n");
        for (int r = 0; r < g->params->n_requests; r++)
            if (methods_is_first(g->params, r))
                put_class(g, r, page);
        md_put(page, "\n");
    }
}

/* --- regions --- */

enum { MOST_ROWS = 300 };

static void put_rest(size_t n, const char *table, struct md *page)
{
    if (n > MOST_ROWS)
        md_put(page, "\n{} more are in {}.\n", shown_int((long long)(n - MOST_ROWS)).text, table);
    md_put(page, "\n");
}

static void put_structures(const struct methods *m, struct md *page)
{
    size_t i, k;
    const json_t *s, *source, *list = json_object_get(m->job, "structures");
    if (!json_array_size(list))
        return;
    md_put(page, "## Structures that were built (Custom)\n\n| structure | operation | of |\n"
                 "|---|---|---|\n");
    json_array_foreach(list, i, s)
    {
        md_put(page, "| {} | {} | ", json_get_text(s, "name", ""),
               json_get_text(s, "operation", ""));
        json_array_foreach(json_object_get(s, "sources"), k, source)
        {
            const char *text = json_string_value(source);
            md_put(page, "{}{}", k ? ", " : "", text ? text : "");
        }
        md_put(page, " |\n");
    }
    md_put(page, "\n");
}

void methods_regions(const struct methods *m, struct md *page)
{
    const struct cohort *c = &m->cohort;
    if (c->groups)
        md_put(page, "## Regions\n\n| region | source | modality | measured | skipped | failed |\n"
                     "|---|---|---|---:|---:|---:|\n");
    for (size_t g = 0; g < c->groups && g < MOST_ROWS; g++) {
        size_t ok = 0, skipped = 0;
        for (size_t i = 0; i < c->group[g].n; i++) {
            ok += strcmp(c->region[c->group[g].region[i]].state, "ok") == 0;
            skipped += strcmp(c->region[c->group[g].region[i]].state, "skipped") == 0;
        }
        md_put(page, "| {} | {} | {} | {} | {} | {} |\n", c->group[g].name, c->group[g].source,
               c->group[g].modality, shown_int((long long)ok).text,
               shown_int((long long)skipped).text,
               shown_int((long long)(c->group[g].n - ok - skipped)).text);
    }
    if (c->groups)
        put_rest(c->groups, "status.csv", page);
    put_structures(m, page);
}

/* --- what is missing --- */

static void put_counts(const json_t *counts, const char *what, const char *table, struct md *page)
{
    size_t n;
    struct json_count *list = json_counts_most_first(counts, &n);
    if (n)
        md_put(page, "| how many | {} |\n|---:|---|\n", what);
    for (size_t i = 0; i < n && i < MOST_ROWS; i++)
        md_put(page, "| {} | {} |\n", shown_int((long long)list[i].n).text, list[i].text);
    if (n)
        put_rest(n, table, page);
    free(list);
}

void methods_missing(const struct methods *m, struct md *page)
{
    json_t *counts = cohort_reasons(&m->cohort);
    md_put(page, "## What is missing, and why\n\n");
    if (!json_object_size(counts) && !m->cohort.n_left_out)
        md_put(page, "Nothing: every region that was found was measured.\n\n");
    put_counts(counts, "regions that were not measured: state, source: reason", "status.csv", page);
    put_counts(m->cohort.left_out,
               "files, series, structure sets, regions and masks that were not used: reason",
               "left_out.csv", page);
    json_decref(counts);
}
