/* The pool: every task once, whatever the number of threads, also inside of tasks and when the
 * system gives no threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pool/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 500, INSIDE = 7 };

static struct pool *pool_of(int n)
{
    struct err why = {0};
    struct pool *p;
    if (!pool_create(n, &p, &why))
        fail_msg("%s", why.text);
    return p;
}

struct counts {
    struct pool *pool;
    atomic_int of[MOST], inside;
};

static void count(void *user, int i)
{
    struct counts *c = user;
    atomic_fetch_add(&c->of[i], 1);
}

static void every_part_of_a_loop_runs_once(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 5; threads++) {
        struct counts c = {0};
        struct pool *p = pool_of(threads);
        for (int n = 0; n < MOST; n += 83) {
            pool_for(p, n, count, &c);
            for (int i = 0; i < MOST; i++)
                assert_int_equal(atomic_exchange(&c.of[i], 0), i < n);
        }
        pool_destroy(p);
    }
}

static void count_inside(void *user, int i)
{
    struct counts *c = user;
    (void)i;
    atomic_fetch_add(&c->inside, 1);
}

static void loop_inside(void *user, int i)
{
    struct counts *c = user;
    count(user, i);
    pool_for(c->pool, INSIDE, count_inside, c);
}

static void loops_may_run_inside_of_tasks(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        struct counts c = {.pool = pool_of(threads)};
        pool_for(c.pool, 50, loop_inside, &c);
        assert_int_equal(c.inside, 50 * INSIDE);
        pool_destroy(c.pool);
    }
}

/* Task k may run when k - 2 has ended. */
struct chain {
    pthread_mutex_t lock;
    bool ended[MOST];
    int next, n, too_early;
};

static int take_link(void *user)
{
    struct chain *c = user;
    pthread_mutex_lock(&c->lock);
    int k = c->next;
    int task = k == c->n ? POOL_END : k >= 2 && !c->ended[k - 2] ? POOL_WAIT : k;
    c->next += task >= 0;
    pthread_mutex_unlock(&c->lock);
    return task;
}

static void run_link(void *user, int k)
{
    struct chain *c = user;
    pthread_mutex_lock(&c->lock);
    c->too_early += k >= 2 && !c->ended[k - 2];
    c->ended[k] = true;
    pthread_mutex_unlock(&c->lock);
}

static void a_work_decides_when_a_task_may_run(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        struct chain c = {.lock = PTHREAD_MUTEX_INITIALIZER, .n = MOST};
        struct pool_work w = {.user = &c, .take = take_link, .run = run_link};
        struct pool *p = pool_of(threads);
        pool_start(p, &w);
        pool_finish(p, &w);
        pool_destroy(p);
        assert_int_equal(c.too_early, 0);
        for (int k = 0; k < MOST; k++)
            assert_true(c.ended[k]);
    }
}

static void works_run_beside_each_other(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 3; threads++) {
        struct chain first = {.lock = PTHREAD_MUTEX_INITIALIZER, .n = MOST}, second = first;
        struct pool_work a = {.user = &first, .take = take_link, .run = run_link};
        struct pool_work b = {.user = &second, .take = take_link, .run = run_link};
        struct pool *p = pool_of(threads);
        pool_start(p, &a);
        pool_start(p, &b);
        pool_finish(p, &a); /* in whichever order */
        assert_true(first.ended[MOST - 1]);
        pool_finish(p, &b);
        assert_true(second.ended[MOST - 1]);
        pool_destroy(p);
    }
}

static void numbers_out_of_range_are_refused(void **state)
{
    (void)state;
    struct err why = {0};
    struct pool *p;
    assert_false(pool_create(0, &p, &why));
    assert_int_equal(why.code, ERR_USAGE);
    assert_false(pool_create(POOL_THREADS_MOST + 1, &p, NULL));
    assert_null(p);
    assert_int_equal(pool_threads(NULL), 1);
}

/* In a process of its own, whose memory is too small for the stacks of many threads. */
static int with_few_threads(void)
{
    const struct rlimit little = {256 << 20, 256 << 20};
    struct counts c = {0};
    setrlimit(RLIMIT_AS, &little);
    struct pool *p = pool_of(POOL_THREADS_MOST);
    bool fewer = pool_threads(p) < POOL_THREADS_MOST;
    pool_for(p, MOST, count, &c);
    pool_destroy(p);
    for (int i = 0; i < MOST; i++)
        if (c.of[i] != 1)
            return 1;
    return fewer ? 0 : 2;
}

static void fewer_threads_do_the_same_work(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    skip(); /* their shadow does not fit into so little */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    skip();
#endif
#endif
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(with_few_threads());
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_of_a_loop_runs_once),
        cmocka_unit_test(loops_may_run_inside_of_tasks),
        cmocka_unit_test(a_work_decides_when_a_task_may_run),
        cmocka_unit_test(works_run_beside_each_other),
        cmocka_unit_test(numbers_out_of_range_are_refused),
        cmocka_unit_test(fewer_threads_do_the_same_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
