/* What pieces leave, taken over in the order of the row. */
#include "engine/conductor_parts.h"

#include <stdlib.h>

static bool take_over(struct conductor *c, int at, struct err *e)
{
    struct piece *piece = &c->piece[at];
    int k = image_of(c, at);
    log_repeat(&piece->said);
    for (int i = 0; i < 2 && piece->lap[i].name; i++)
        stopwatch_add_seconds(c->out->watch, piece->lap[i].name, piece->lap[i].seconds);
    if (!piece->value)
        return true;
    bool good = result_add(c->out, c->params, k < 0 ? NULL : &c->image[k].about,
                           c->request[class_of(c, at)], piece->aggregation, piece->value, e);
    free(piece->value);
    piece->value = NULL;
    return good;
}

/* Tells the observer which class comes next, once. */
static bool announce(struct conductor *c, int at, struct err *e)
{
    const struct observer *o = c->out->observer;
    const struct class_request *r = request_of(c, at);
    int k = image_of(c, at);
    if (!r || c->announced || !o)
        return true;
    c->announced = true;
    const char *name = k < 0 ? c->shape.name : c->image[k].about.name;
    return o->progress(o->user, c->out->n, c->out->columns.n, name, r->family->name) ||
           err_set(e, ERR_INTERRUPTED, "interrupted by the caller");
}

/* Has the piece at the row's front ended? *known: it will come, if nothing fails before. */
static bool front_ended(struct conductor *c, bool *known)
{
    pthread_mutex_lock(&c->lock);
    *known = c->at < c->stop && c->at < making_of(c, c->made);
    bool ended = c->at < c->stop && c->piece[c->at].ended;
    pthread_mutex_unlock(&c->lock);
    return ended;
}

void pieces_take_over(struct conductor *c)
{
    struct err why = {0};
    bool good = true, known, ended = true;
    while (good && ended) {
        ended = front_ended(c, &known);
        good = !known || announce(c, c->at, &why);
        if (good && ended)
            good = take_over(c, c->at, &why);
        if (!good) {
            pthread_mutex_lock(&c->lock);
            piece_fail(c, why.code == ERR_INTERRUPTED ? -1 : c->at, &why);
            pthread_mutex_unlock(&c->lock);
        } else if (ended) {
            c->at++;
            c->announced = false;
        }
    }
}
