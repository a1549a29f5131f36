/* Threads for one call: they begin with it and end with it, so that a process may fork before and
 * after.
 *
 * A work is a set of tasks that says, whenever a thread is free, which of them may run now. A free
 * thread takes from the oldest work that has a task. Whatever tasks compute must not depend on the
 * thread or the order in which they run: a work puts its results where the task belongs, and adds
 * nothing up across tasks but in a fixed order.
 *
 * NULL in place of a pool is the caller's thread alone: everything below takes it, tasks then run
 * one after the other in the order of `take`. */
#ifndef RADMILL_POOL_POOL_H
#define RADMILL_POOL_POOL_H

#include "base/err.h"

struct pool;

enum { POOL_THREADS_MOST = 1024 };

/* A pool of the caller's thread and n - 1 others; n 1: NULL. A system that gives fewer threads is
 * no error: there are fewer then. ERR_FAILED without memory, ERR_USAGE for an n outside 1 to
 * POOL_THREADS_MOST. */
bool pool_create(int n, struct pool **out, struct err *e);

/* Ends the threads; all works have been finished before. NULL is fine. */
void pool_destroy(struct pool *p);

int pool_threads(const struct pool *p); /* the caller's among them */

enum {
    POOL_WAIT = -1, /* none may run before another task has ended */
    POOL_END = -2,  /* none will come */
};

struct pool_work {
    void *user;
    /* The next task that may run now (>= 0), POOL_WAIT or POOL_END. Never called by two threads at
     * once; what it shares with `run` needs a lock of its own. Not a place for long work. */
    int (*take)(void *user);
    void (*run)(void *user, int task);
    /* private */
    int running;
    struct pool_work *older, *newer;
};

/* From now on other threads take tasks of w, which stays where it is until pool_finish has come
 * back or pool_step has given false. */
void pool_start(struct pool *p, struct pool_work *w);

/* A work that was started may have a task where it had none: idle threads ask again. */
void pool_wake(struct pool *p);

/* Runs a task of w in this thread. Where none may run now: one of a younger work, such as a loop
 * (pool_for) inside of w's tasks, or waits for the end of some task. false: all tasks have ended.
 */
bool pool_step(struct pool *p, struct pool_work *w);

/* Steps until all tasks have ended. */
void pool_finish(struct pool *p, struct pool_work *w);

/* Calls part(user, i) once for every i from 0 to n - 1, in several threads at once, and comes back
 * when all have returned. May be called inside of a task; parts start nothing of their own. */
void pool_for(struct pool *p, int n, void (*part)(void *user, int i), void *user);

#endif
