/* Four threads on one library, with parameters that they share and parameters of their own: the
 * same values as one after the other. tests/house/threads.sh runs it under the thread sanitizer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ball.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 4, ROUNDS = 3, MOST_VALUES = 2000 };

static const char text[] = "imageType: {Original: {}, LoG: {sigma: [1.5]}, Wavelet: {}}\n";

static struct ball ball;
static struct radmill_params *shared;

struct values {
    double value[MOST_VALUES];
    size_t n;
    bool ok;
};

static struct radmill_params *own_params(void)
{
    struct radmill_source source = RADMILL_INIT(radmill_source);
    struct radmill_params *p = NULL;
    source.text = text;
    radmill_params_create(&source, &p, NULL);
    return p;
}

static void measure_once(const struct radmill_params *p, struct values *out)
{
    struct radmill_value v = RADMILL_INIT(radmill_value);
    struct radmill_result *r;
    out->n = 0;
    out->ok = radmill_measure(p, &ball.image, &ball.mask, NULL, &r, NULL);
    for (; out->ok && out->n < MOST_VALUES && radmill_result_value(r, out->n, &v); out->n++)
        out->value[out->n] = v.value;
    if (out->ok)
        radmill_result_destroy(r);
}

static void *work(void *argument)
{
    struct values *out = argument;
    struct radmill_params *own = own_params();
    for (int i = 0; i < ROUNDS; i++)
        measure_once(i % 2 ? own : shared, out);
    radmill_params_destroy(own);
    return NULL;
}

static bool same(const struct values *a, const struct values *b)
{
    return a->ok && b->ok && a->n == b->n && a->n > 500 &&
           memcmp(a->value, b->value, a->n * sizeof *a->value) == 0;
}

/* The threads come first: what is made when it is first needed is made by all of them at once. */
static void threads_give_the_same_values(void **state)
{
    (void)state;
    static struct values of[THREADS], alone;
    pthread_t thread[THREADS];
    shared = own_params();
    assert_non_null(shared);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, work, &of[i]), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);
    measure_once(shared, &alone);
    for (int i = 0; i < THREADS; i++)
        assert_true(same(&of[i], &alone));
    radmill_params_destroy(shared);
}

static void a_process_may_fork_before_and_after(void **state)
{
    (void)state;
    static struct values here, there;
    struct radmill_params *p = own_params();
    measure_once(p, &here);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        measure_once(p, &there);
        _exit(same(&here, &there) ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    radmill_params_destroy(p);
}

int main(void)
{
    ball_fill(&ball);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_give_the_same_values),
        cmocka_unit_test(a_process_may_fork_before_and_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
