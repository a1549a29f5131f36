#include "engine/conductor.h"

#include "base/mem.h"
#include "engine/conductor_parts.h"

#include <limits.h>
#include <stdlib.h>

/* Which requests are measured, and of what. */
static bool list_classes(struct conductor *c, struct err *e)
{
    const struct params *p = c->params;
    c->request = mem_array((size_t)p->n_requests + 1, sizeof *c->request, e);
    if (!c->request)
        return false;
    for (int i = 0; i < p->n_requests; i++) {
        const char *why = NULL;
        const struct family *f = p->request[i].family;
        if (f->tap != TAP_SHAPE)
            continue;
        if (f->gate && !f->gate(c->view, &p->settings.image.family, &why))
            log_info("%s is left out: %s", f->name, why);
        else
            c->request[c->n_shapes++] = i;
    }
    for (int i = 0; i < p->n_requests; i++)
        if (p->request[i].family->tap != TAP_SHAPE)
            c->request[c->n_shapes + c->n_classes++] = i;
    return true;
}

static bool open_turns(struct conductor *c, int threads, struct err *e)
{
    int n = c->most_images < threads ? c->most_images : threads;
    n = n > 0 ? n : 1;
    c->turn = mem_array((size_t)n, sizeof *c->turn, e);
    c->taken = mem_array((size_t)n, sizeof *c->taken, e);
    if (!c->turn || !c->taken)
        return false;
    bool good = true;
    while (good && c->n_turns < n)
        good = turn_open(&c->turn[c->n_turns++], n == 1, c->view, e);
    return good;
}

static bool open_images(struct conductor *c, int threads, struct err *e)
{
    const struct params *p = c->params;
    c->no_more = c->n_classes == 0;
    c->most_images = c->no_more ? 0 : c->out->columns.first_response[p->n_image_types];
    c->image = mem_array((size_t)c->most_images + 1, sizeof *c->image, e);
    c->piece = mem_array((size_t)making_of(c, c->most_images + 1), sizeof *c->piece, e);
    if (!c->image || !c->piece)
        return false;
    for (int k = 0; k <= c->most_images; k++)
        c->image[k].left = c->n_classes;
    return c->no_more || (open_turns(c, threads, e) &&
                          bank_create(c->view, p->image_type, p->n_image_types, 0, &c->bank, e));
}

static void close_all(struct conductor *c)
{
    int n = c->piece ? making_of(c, c->most_images + 1) : 0;
    for (int i = 0; i < n; i++) {
        free(c->piece[i].value);
        log_forget(&c->piece[i].said);
    }
    for (int i = 0; i < c->n_turns; i++)
        turn_close(&c->turn[i]);
    bank_destroy(c->bank);
    free(c->turn);
    free(c->taken);
    free(c->piece);
    free(c->image);
    free(c->request);
    pthread_mutex_destroy(&c->lock);
}

static struct response shape_response(const struct roi_view *view)
{
    return (struct response){.name = "original",
                             .grid = grid_crop(&view->image.grid, &view->morphology.box),
                             .box = view->morphology.box,
                             .type = view->image.type,
                             .mask = view->morphology.in,
                             .n_voxels = view->morphology.n_voxels};
}

bool conduct(const struct params *p, const struct roi_view *view, struct pool *pool,
             struct result *out, struct err *e)
{
    struct conductor c = {.params = p, .view = view, .out = out, .stop = INT_MAX};
    struct pool_work work = {.user = &c, .take = piece_take, .run = piece_run};
    c.shape = shape_response(view);
    pthread_mutex_init(&c.lock, NULL);
    bool good = list_classes(&c, e) && open_images(&c, pool_threads(pool), e);
    if (good) {
        pool_start(pool, &work);
        do
            pieces_take_over(&c);
        while (pool_step(pool, &work));
        pieces_take_over(&c);
        good = c.stop == INT_MAX;
        if (!good && e)
            *e = c.why;
    }
    close_all(&c);
    return good;
}
