/* What edges are for, and how long they may take. */
#include "graph/schedule.h"

#include "base/mem.h"
#include "graph/rules.h"

#include <stdlib.h>
#include <string.h>

/* Approximate seconds, without the part that depends on the region's size; only ratios matter.
 */
static const struct {
    const char *rule;
    double cost;
    enum edge_kind kind;
} rule_costs[] = {{"image", 0.4},
                  {"masks", 0.2},
                  {"custom", 0.4},
                  {"features", 0.02},
                  {"course", 0.02},
                  {"merge", 0.05},
                  {"long", 0.05},
                  {"leftout", 0.02},
                  {"pictures", 0.3, EDGE_PICTURES},
                  {"page", 0.02, EDGE_PAGE},
                  {"cohort", 0.1}};
static const double cost_per_mb = 0.002, smallest_mb = 30; /* plan_predict_mb's constant part */

static struct edge_cost cost_of(const struct edge *x, bool stale)
{
    struct edge_cost c = {.cost = 0.02, .course = x->course, .stale = stale};
    for (size_t i = 0; i < sizeof rule_costs / sizeof rule_costs[0]; i++)
        if (strcmp(rule_costs[i].rule, x->rule) == 0) {
            c.cost = rule_costs[i].cost;
            c.kind = rule_costs[i].kind;
        }
    if (x->predicted_mb > smallest_mb)
        c.cost += (x->predicted_mb - smallest_mb) * cost_per_mb;
    return c;
}

enum edge_kind edge_kind_of(const struct edge *x)
{
    return cost_of(x, false).kind;
}

static int by_description(const void *a, const void *b)
{
    const struct edge_cost *x = a, *y = b;
    return strcmp(x->description, y->description);
}

bool edge_costs_make(const struct graph *g, const char *rules_text, bool for_make,
                     struct edge_costs *out, struct err *e)
{
    struct rules rules;
    *out = (struct edge_costs){0};
    if (!rules_parse(rules_text, &rules, e))
        return false;
    out->item = mem_must(calloc(g->n + 1, sizeof *out->item));
    bool *stale = mem_must(calloc(g->n + 1, sizeof *stale));
    if (for_make)
        graph_stale(g, stale);
    for (size_t i = 0; i < g->n; i++) {
        const struct rule *rule = rules_find(&rules, g->edge[i]->rule);
        struct str text = {0};
        if (rule)
            rules_expand(&rules, rule, "description", g->edge[i], NULL, &text);
        out->item[out->n] = cost_of(g->edge[i], stale[i]);
        out->item[out->n++].description = str_take(&text);
    }
    free(stale);
    for (size_t i = 0; i < out->n; i++)
        if (!out->item[i].description)
            out->item[i].description = mem_strdup("");
    qsort(out->item, out->n, sizeof *out->item, by_description);
    rules_free(&rules);
    return true;
}

void edge_costs_free(struct edge_costs *c)
{
    for (size_t i = 0; i < c->n; i++)
        free(c->item[i].description);
    free(c->item);
    *c = (struct edge_costs){0};
}

struct edge_cost *edge_costs_find(const struct edge_costs *c, char *description)
{
    const struct edge_cost key = {.description = description};
    return bsearch(&key, c->item, c->n, sizeof *c->item, by_description);
}
