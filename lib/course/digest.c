#include "course/digest.h"

/* One plane at a time, since each begins with what the one before has left. */
static int take(void *user)
{
    struct digest *d = user;
    int task = POOL_WAIT;
    pthread_mutex_lock(&d->lock);
    if (d->taken == d->done && d->taken < d->given)
        task = (int)(d->taken++ % DIGEST_AHEAD);
    else if (d->done == d->given && d->ended)
        task = POOL_END;
    pthread_mutex_unlock(&d->lock);
    return task;
}

static void run(void *user, int place)
{
    struct digest *d = user;
    sha1_add(&d->sha1, d->plane[place], d->bytes);
    pthread_mutex_lock(&d->lock);
    d->done++;
    pthread_cond_signal(&d->digested);
    pthread_mutex_unlock(&d->lock);
}

void digest_begin(struct digest *d, struct pool *pool, size_t plane_bytes)
{
    *d = (struct digest){.pool = pool_threads(pool) > 1 ? pool : NULL,
                         .work = {.user = d, .take = take, .run = run},
                         .bytes = plane_bytes};
    sha1_init(&d->sha1);
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->digested, NULL);
    pool_start(d->pool, &d->work);
}

/* Only another thread digests planes that wait; this one rather makes the next. */
void digest_wait(struct digest *d, size_t most)
{
    pthread_mutex_lock(&d->lock);
    while (d->given - d->done > most)
        pthread_cond_wait(&d->digested, &d->lock);
    pthread_mutex_unlock(&d->lock);
}

void digest_give(struct digest *d, const void *plane)
{
    pthread_mutex_lock(&d->lock);
    d->plane[d->given++ % DIGEST_AHEAD] = plane;
    pthread_mutex_unlock(&d->lock);
    if (d->pool)
        pool_wake(d->pool);
    else
        pool_step(NULL, &d->work);
}

void digest_end(struct digest *d)
{
    pthread_mutex_lock(&d->lock);
    d->ended = true;
    pthread_mutex_unlock(&d->lock);
    pool_finish(d->pool, &d->work);
    pthread_cond_destroy(&d->digested);
    pthread_mutex_destroy(&d->lock);
}
