/* The conductor's own: the row of pieces, and what its files share. For conductor*.c only. */
#ifndef RADMILL_ENGINE_CONDUCTOR_PARTS_H
#define RADMILL_ENGINE_CONDUCTOR_PARTS_H

#include "base/log_kept.h"
#include "engine/result/result.h"
#include "engine/turn.h"

/* What one task leaves until its place in the row has come. */
struct piece {
    bool ended;
    struct fvalue *value; /* [features of the family]; NULL for the making of an image */
    const char *aggregation;
    struct log_kept said;
    struct lap lap[2];
};

/* One image, from its making to its last class. */
struct image {
    struct turn *turn;     /* where it is; NULL before and after */
    struct response about; /* name, and its place in the columns */
    int next, left;        /* classes to be begun, and to be ended */
};

struct conductor {
    const struct params *params;
    const struct roi_view *view;
    struct bank *bank;
    struct result *out;
    struct response shape; /* what the shape classes see */

    int *request; /* of the params, by class: n_shapes of the shape, then n_classes of images */
    int n_shapes, n_classes;

    /* The row: n_shapes pieces, then of each image 1 + n_classes. */
    struct piece *piece;
    struct image *image;
    int most_images; /* a last one is made to find that there is none */

    pthread_mutex_t lock; /* of what follows, of images and of piece[].ended */
    int next_shape;
    int made; /* images that have been made */
    bool making, no_more;
    struct turn *turn;
    bool *taken; /* by turn */
    int n_turns;
    int stop;       /* the first piece that failed, and all after it, are not wanted */
    struct err why; /* of that piece */

    /* of the caller's thread */
    int at;         /* the first piece that was not taken over yet */
    bool announced; /* to the observer */
};

/* Image of a piece; -1: of the shape. */
static inline int image_of(const struct conductor *c, int piece)
{
    return piece < c->n_shapes ? -1 : (piece - c->n_shapes) / (1 + c->n_classes);
}

/* Place in c->request of the class of a piece; -1: the piece is the making of an image. */
static inline int class_of(const struct conductor *c, int piece)
{
    if (piece < c->n_shapes)
        return piece;
    int within = (piece - c->n_shapes) % (1 + c->n_classes);
    return within == 0 ? -1 : c->n_shapes + within - 1;
}

static inline int making_of(const struct conductor *c, int image)
{
    return c->n_shapes + image * (1 + c->n_classes);
}

/* NULL: the making of an image. */
static inline const struct class_request *request_of(const struct conductor *c, int piece)
{
    int k = class_of(c, piece);
    return k < 0 ? NULL : &c->params->request[c->request[k]];
}

/* The piece failed, unless one before it did. With the lock. */
void piece_fail(struct conductor *c, int at, const struct err *why);

int piece_take(void *conductor);         /* struct pool_work's take: conductor_order.c */
void piece_run(void *conductor, int at); /* its run: conductor_work.c */

/* Takes over the pieces at the row's front that have ended: conductor_row.c. In the caller's
 * thread.
 */
void pieces_take_over(struct conductor *c);

#endif
