/* What make is going to run, judged by times. make -n cannot be used: it takes every product for
 * new whose stamp is newer. */
#include "graph/graph.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct product {
    const char *path;
    bool stale;
};

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct product *)a)->path, ((const struct product *)b)->path);
}

static struct timespec time_of(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? st.st_mtim : (struct timespec){0, -1};
}

static bool is_newer(struct timespec a, struct timespec b)
{
    return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static bool is_stale(const struct edge *x, const struct product *product, size_t n)
{
    char *stamp = graph_stamp(x);
    struct timespec made = time_of(stamp);
    bool stale = made.tv_nsec < 0;
    free(stamp);
    for (size_t i = 0; !stale && i < x->in.n; i++) {
        const struct product key = {.path = x->in.item[i]};
        const struct product *p = bsearch(&key, product, n, sizeof *product, by_path);
        stale = (p && p->stale) || is_newer(time_of(x->in.item[i]), made);
    }
    return stale;
}

void graph_stale(const struct graph *g, bool *stale)
{
    struct product *product;
    size_t n = 0, room = 0;
    for (size_t i = 0; i < g->n; i++)
        room += g->edge[i]->out.n;
    product = mem_must(calloc(room + 1, sizeof *product));
    for (size_t i = 0; i < g->n; i++)
        for (size_t k = 0; k < g->edge[i]->out.n; k++)
            product[n++].path = g->edge[i]->out.item[k];
    qsort(product, n, sizeof *product, by_path);
    for (size_t i = 0; i < g->n; i++) {
        stale[i] = is_stale(g->edge[i], product, n);
        for (size_t k = 0; stale[i] && k < g->edge[i]->out.n; k++) {
            const struct product key = {.path = g->edge[i]->out.item[k]};
            struct product *p = bsearch(&key, product, n, sizeof *product, by_path);
            p->stale = true;
        }
    }
    free(product);
}
