#include "graph/graph.h"

#include "base/mem.h"

#include <stdlib.h>

struct edge *graph_add(struct graph *g, const char *rule)
{
    if (g->n == g->room) {
        g->room = g->room ? 2 * g->room : 64;
        g->edge = mem_grow(g->edge, g->room, sizeof *g->edge);
    }
    struct edge *e = mem_must(calloc(1, sizeof *e));
    e->rule = rule;
    g->edge[g->n++] = e;
    return e;
}

void edge_out(struct edge *e, const char *path)
{
    str_list_add(&e->out, path);
}

void edge_in(struct edge *e, const char *path)
{
    str_list_add(&e->in, path);
}

void edge_order(struct edge *e, const char *path)
{
    str_list_add(&e->order, path);
}

void edge_var(struct edge *e, const char *name, const char *value)
{
    struct bindings *v = &e->vars;
    v->item = mem_grow(v->item, v->n + 1, sizeof *v->item);
    v->item[v->n++] = (struct binding){mem_strdup(name), mem_strdup(value)};
}

bool edge_is_heavy(const struct graph *g, const struct edge *e)
{
    return g->heavy_depth > 0 && e->predicted_mb > g->heavy_over_mb;
}

static void edge_free(struct edge *e)
{
    str_list_free(&e->out);
    str_list_free(&e->in);
    str_list_free(&e->order);
    for (size_t i = 0; i < e->vars.n; i++) {
        free(e->vars.item[i].name);
        free(e->vars.item[i].value);
    }
    free(e->vars.item);
    free(e);
}

void graph_free(struct graph *g)
{
    for (size_t i = 0; i < g->n; i++)
        edge_free(g->edge[i]);
    free(g->edge);
    str_list_free(&g->courses);
    *g = (struct graph){0};
}
