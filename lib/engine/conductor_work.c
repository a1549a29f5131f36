/* The work of a piece, in any thread. */
#include "base/mem.h"
#include "engine/conductor_parts.h"

static bool make_image(struct conductor *c, int k, struct piece *piece, struct err *e)
{
    struct image *image = &c->image[k];
    bool more = false;
    bool good =
        turn_take(image->turn, c->bank, c->params->profile, &more, c->out->watch, piece->lap, e);
    if (good && more)
        image->about = image->turn->response;
    pthread_mutex_lock(&c->lock);
    c->making = false;
    if (good && more)
        c->made++;
    else
        c->no_more = true;
    pthread_mutex_unlock(&c->lock);
    return good;
}

static bool measure_class(struct conductor *c, const struct class_request *r,
                          const struct family_input *in, struct piece *piece, struct err *e)
{
    const struct family *family = r->family;
    struct aggregation asked =
        r->aggregation ? *r->aggregation : family_aggregation(family, in->settings);
    struct family_input full = *in;
    full.aggregation = &asked;
    piece->aggregation = asked.code;
    piece->value = mem_array((size_t)family->n_features, sizeof *piece->value, e);
    if (!piece->value)
        return false;
    double start = stopwatch_now(c->out->watch);
    if (!family_measure(family, &full, r->wanted, piece->value, e))
        return err_wrap(e, "%s of %s", family->name, in->response->name);
    piece->lap[0] = (struct lap){family->name, stopwatch_now(c->out->watch) - start};
    return true;
}

/* Room for the next image when this was the last class. */
static void end_class(struct conductor *c, struct image *image)
{
    pthread_mutex_lock(&c->lock);
    struct turn *turn = --image->left == 0 ? image->turn : NULL;
    pthread_mutex_unlock(&c->lock);
    if (!turn)
        return;
    turn_end(turn);
    pthread_mutex_lock(&c->lock);
    image->turn = NULL;
    c->taken[turn - c->turn] = false;
    pthread_mutex_unlock(&c->lock);
}

static bool work_on(struct conductor *c, int at, struct err *e)
{
    int k = image_of(c, at);
    const struct class_request *r = request_of(c, at);
    struct piece *piece = &c->piece[at];
    if (!r)
        return make_image(c, k, piece, e);
    struct family_input in = {.response = &c->shape,
                              .settings = &c->params->settings.image.family,
                              .arithmetic = c->params->profile->arithmetic,
                              .view = c->view};
    if (k >= 0)
        in = turn_input(c->image[k].turn, c->params->profile, c->view);
    bool good = measure_class(c, r, &in, piece, e);
    if (k >= 0)
        end_class(c, &c->image[k]);
    return good;
}

void piece_fail(struct conductor *c, int at, const struct err *why)
{
    if (at >= c->stop)
        return;
    c->stop = at;
    c->why = *why;
}

void piece_run(void *user, int at)
{
    struct conductor *c = user;
    struct err why = {0};
    struct log_sink before = log_redirect(log_keeper(&c->piece[at].said));
    bool good = work_on(c, at, &why);
    log_redirect(before);
    pthread_mutex_lock(&c->lock);
    c->piece[at].ended = true;
    if (!good)
        piece_fail(c, at, &why);
    pthread_mutex_unlock(&c->lock);
}
