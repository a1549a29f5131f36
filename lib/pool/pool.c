#include "pool/pool.h"

#include "base/host.h"
#include "base/mem.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

enum { STACK_BYTES = 8 << 20 };

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t news; /* a work has been started, a task has ended, or the pool ends */
    struct pool_work *oldest, *newest;
    bool ends;
    int n; /* threads beside the caller's */
    pthread_t thread[];
};

/* --- with the lock --- */

static void run_unlocked(struct pool *p, struct pool_work *w, int task)
{
    w->running++;
    pthread_mutex_unlock(&p->lock);
    w->run(w->user, task);
    pthread_mutex_lock(&p->lock);
    w->running--;
    pthread_cond_broadcast(&p->news);
}

/* Runs a task of the first work from `from` on, towards younger ones, that has one. */
static bool run_any(struct pool *p, struct pool_work *from)
{
    for (struct pool_work *w = from; w; w = w->newer) {
        int task = w->take(w->user);
        if (task >= 0) {
            run_unlocked(p, w, task);
            return true;
        }
    }
    return false;
}

static void add_work(struct pool *p, struct pool_work *w)
{
    w->running = 0;
    w->older = p->newest;
    w->newer = NULL;
    *(p->newest ? &p->newest->newer : &p->oldest) = w;
    p->newest = w;
}

static void remove_work(struct pool *p, struct pool_work *w)
{
    *(w->older ? &w->older->newer : &p->oldest) = w->newer;
    *(w->newer ? &w->newer->older : &p->newest) = w->older;
}

/* --- threads --- */

static void *serve(void *argument)
{
    struct pool *p = argument;
    pthread_mutex_lock(&p->lock);
    while (!p->ends)
        if (!run_any(p, p->oldest))
            pthread_cond_wait(&p->news, &p->lock);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* The caller's signals are for the caller's threads: ours take none. */
static void begin_threads(struct pool *p, int n)
{
    struct host_signals before;
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return;
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    host_signals_off(&before);
    while (p->n < n && pthread_create(&p->thread[p->n], &attributes, serve, p) == 0)
        p->n++;
    host_signals_back(&before);
    pthread_attr_destroy(&attributes);
}

bool pool_create(int n, struct pool **out, struct err *e)
{
    *out = NULL;
    if (n < 1 || n > POOL_THREADS_MOST)
        return err_set(e, ERR_USAGE, "%d threads: not between 1 and %d", n, POOL_THREADS_MOST);
    if (n == 1)
        return true;
    struct pool *p = mem_array(1, sizeof *p + (size_t)(n - 1) * sizeof *p->thread, e);
    if (!p)
        return false;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->news, NULL);
    begin_threads(p, n - 1);
    *out = p;
    return true;
}

void pool_destroy(struct pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->ends = true;
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->n; i++)
        pthread_join(p->thread[i], NULL);
    pthread_cond_destroy(&p->news);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

int pool_threads(const struct pool *p)
{
    return p ? p->n + 1 : 1;
}

/* --- works --- */

void pool_start(struct pool *p, struct pool_work *w)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    add_work(p, w);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
}

void pool_wake(struct pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
}

static bool step_alone(struct pool_work *w)
{
    int task = w->take(w->user);
    if (task >= 0)
        w->run(w->user, task);
    return task >= 0;
}

bool pool_step(struct pool *p, struct pool_work *w)
{
    if (!p)
        return step_alone(w);
    pthread_mutex_lock(&p->lock);
    int task = w->take(w->user);
    bool more = task != POOL_END || w->running > 0;
    if (task >= 0)
        run_unlocked(p, w, task);
    else if (!more)
        remove_work(p, w);
    else if (!run_any(p, w->newer))
        pthread_cond_wait(&p->news, &p->lock);
    pthread_mutex_unlock(&p->lock);
    return more;
}

void pool_finish(struct pool *p, struct pool_work *w)
{
    while (pool_step(p, w))
        continue;
}

/* --- loops --- */

struct loop {
    void (*part)(void *user, int i);
    void *user;
    int next, n;
};

static int take_part(void *user)
{
    struct loop *l = user;
    return l->next < l->n ? l->next++ : POOL_END;
}

static void run_part(void *user, int i)
{
    const struct loop *l = user;
    l->part(l->user, i);
}

void pool_for(struct pool *p, int n, void (*part)(void *user, int i), void *user)
{
    struct loop loop = {.part = part, .user = user, .n = n};
    struct pool_work w = {.user = &loop, .take = take_part, .run = run_part};
    pool_start(p, &w);
    pool_finish(p, &w);
}
