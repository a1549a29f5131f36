#include "pool/share.h"

#include <pthread.h>
#include <stdatomic.h>

struct sharing {
    const struct share *share;
    int64_t n;
    _Atomic int64_t next;
    pthread_mutex_t lock; /* of what follows */
    int64_t failed;       /* the first piece that did; n: none */
    struct err why;
};

static void fail(struct sharing *s, int64_t piece, const struct err *why)
{
    pthread_mutex_lock(&s->lock);
    if (piece < s->failed) {
        s->failed = piece;
        s->why = *why;
    }
    pthread_mutex_unlock(&s->lock);
    atomic_store(&s->next, s->n);
}

/* One thread's part: pieces as long as there are any. They are handed out in order, so all before
 * one that fails are done. */
static void work_on(void *user, int i)
{
    struct sharing *s = user;
    const struct share *share = s->share;
    struct err why = {0};
    void *tools = NULL;
    int64_t piece = atomic_fetch_add(&s->next, 1);
    (void)i;
    if (piece >= s->n)
        return;
    if (share->open && !share->open(share->user, &tools, &why)) {
        fail(s, piece, &why);
        return;
    }
    for (bool good = true; good && piece < s->n; piece = atomic_fetch_add(&s->next, 1)) {
        good = share->work(share->user, tools, piece, &why);
        if (!good)
            fail(s, piece, &why);
    }
    if (share->close)
        share->close(share->user, tools);
}

bool share_out(const struct share *share, struct pool *pool, int64_t n, struct err *e)
{
    struct sharing s = {.share = share, .n = n, .failed = n};
    pthread_mutex_init(&s.lock, NULL);
    pool_for(pool, pool_threads(pool), work_on, &s);
    pthread_mutex_destroy(&s.lock);
    if (s.failed < n && e)
        *e = s.why;
    return s.failed == n;
}
