/* Which piece may be begun next. All with the lock. */
#include "engine/conductor_parts.h"
#include "pool/pool.h"

static int free_turn(const struct conductor *c)
{
    for (int i = 0; i < c->n_turns; i++)
        if (!c->taken[i])
            return i;
    return -1;
}

static bool may_make(const struct conductor *c)
{
    return !c->making && !c->no_more && making_of(c, c->made) < c->stop;
}

static int begin_making(struct conductor *c, int turn)
{
    c->making = c->taken[turn] = true;
    c->image[c->made].turn = &c->turn[turn];
    return making_of(c, c->made);
}

/* The earliest class of an image that has been made. */
static int next_class(struct conductor *c)
{
    for (int k = 0; k < c->made; k++) {
        struct image *image = &c->image[k];
        int piece = making_of(c, k) + 1 + image->next;
        if (image->turn && image->next < c->n_classes && piece < c->stop) {
            image->next++;
            return piece;
        }
    }
    return -1;
}

int piece_take(void *user)
{
    struct conductor *c = user;
    pthread_mutex_lock(&c->lock);
    int turn = free_turn(c), piece = -1;
    if (c->next_shape < c->n_shapes && c->next_shape < c->stop)
        piece = c->next_shape++;
    else if (turn >= 0 && may_make(c))
        piece = begin_making(c, turn);
    else
        piece = next_class(c);
    bool more = c->making || may_make(c);
    pthread_mutex_unlock(&c->lock);
    return piece >= 0 ? piece : more ? POOL_WAIT : POOL_END;
}
