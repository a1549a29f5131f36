/* A command that the guard runs in a forked child, without starting a program: alone in every
 * respect that a started one is. */
#include "base/cleanup.h"
#include "guard/guard.h"
#include "guard/record.h"
#include "io/atomic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static int begin(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/radmill-guard-XXXXXX");
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    char command[96];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return chdir("/") == 0 ? system(command) : -1;
}

static struct guard_outcome run(int (*here)(int, char **), struct guard_limits limits)
{
    char *argv[] = {"bin/radfeat", "first", "second", NULL};
    const struct guard_command command = {argv, here};
    struct guard_outcome out;
    struct err e = {0};
    assert_true(guard_run(&command, &limits, "log", &out, &e));
    return out;
}

static char *log_text(void)
{
    struct err e = {0};
    size_t bytes;
    char *text = file_read("log", 1 << 16, &bytes, &e);
    assert_non_null(text);
    return text;
}

/* --- ends --- */

static int ends_with_count(int argc, char **argv)
{
    printf("%s %s %s\n", argv[0], argv[1], argv[2]);
    fprintf(stderr, "on stderr\n");
    return 40 + argc;
}

static void status_and_output(void **state)
{
    (void)state;
    struct guard_outcome out = run(ends_with_count, (struct guard_limits){0});
    assert_int_equal(out.end, GUARD_EXITED);
    assert_int_equal(out.status, 43);
    assert_int_equal(out.signal, 0);
    assert_true(out.peak_mb > 0);
    char *text = log_text();
    assert_non_null(strstr(text, "bin/radfeat first second\n"));
    assert_non_null(strstr(text, "on stderr\n"));
    free(text);
}

/* By the default action: test programs have handlers of their own. */
static int raises(int number)
{
    signal(number, SIG_DFL);
    raise(number);
    return 0;
}

static int segfaults(int argc, char **argv)
{
    (void)argc, (void)argv;
    return raises(SIGSEGV);
}

static int aborts(int argc, char **argv)
{
    (void)argc, (void)argv;
    signal(SIGABRT, SIG_DFL);
    abort();
}

static int is_killed(int argc, char **argv)
{
    (void)argc, (void)argv;
    return raises(SIGKILL);
}

static int exits_deep_down(int argc, char **argv)
{
    (void)argc, (void)argv;
    exit(7);
    return 0;
}

static void crashes(void **state)
{
    (void)state;
    static const struct {
        int (*here)(int, char **);
        int status, signal;
    } row[] = {
        {segfaults, -1, SIGSEGV},
        {aborts, -1, SIGABRT},
        {is_killed, -1, SIGKILL},
        {exits_deep_down, 7, 0},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct guard_outcome out = run(row[i].here, (struct guard_limits){0});
        assert_int_equal(out.end, row[i].signal ? GUARD_SIGNALLED : GUARD_EXITED);
        assert_int_equal(out.signal, row[i].signal);
        assert_int_equal(out.status, row[i].status);
    }
}

/* --- limits --- */

static int hangs(int argc, char **argv)
{
    (void)argc, (void)argv;
    signal(SIGTERM, SIG_IGN);
    while (sleep(60) == 0)
        continue;
    return 0;
}

static int grows(int argc, char **argv)
{
    (void)argc, (void)argv;
    char *more;
    while ((more = malloc(1 << 24)))
        memset(more, 1, 1 << 24);
    return 1;
}

static int tells_limits(int argc, char **argv)
{
    (void)argc, (void)argv;
    struct rlimit core, cpu;
    getrlimit(RLIMIT_CORE, &core);
    getrlimit(RLIMIT_CPU, &cpu);
    return core.rlim_cur == 0 && cpu.rlim_cur == 6 ? 0 : 1;
}

static void limits(void **state)
{
    (void)state;
    assert_int_equal(run(hangs, (struct guard_limits){.wall_s = 0.2}).end, GUARD_OVER_TIME);
    assert_int_equal(run(grows, (struct guard_limits){.memory_mb = 200}).end, GUARD_OVER_MEMORY);
    assert_int_equal(run(tells_limits, (struct guard_limits){.wall_s = 5}).status, 0);
}

/* --- what a started program would not inherit --- */

static int finds_open_files(int argc, char **argv)
{
    (void)argc, (void)argv;
    int open = 0;
    for (int fd = STDERR_FILENO + 1; fd < 256; fd++)
        open += fcntl(fd, F_GETFD) >= 0;
    return open;
}

static void no_open_file_is_inherited(void **state)
{
    (void)state;
    int plain = open("/dev/null", O_RDONLY), closed_by_exec = open("/", O_RDONLY | O_CLOEXEC);
    assert_true(plain > STDERR_FILENO && closed_by_exec > STDERR_FILENO);
    assert_int_equal(run(finds_open_files, (struct guard_limits){0}).status, 0);
    assert_int_equal(fcntl(plain, F_GETFD), 0);
    close(plain);
    close(closed_by_exec);
}

static int reads_nothing(int argc, char **argv)
{
    (void)argc, (void)argv;
    return getchar() == EOF && getpgrp() == getpid() && getpgrp() != getppid() ? 0 : 1;
}

static int has_one_thread(int argc, char **argv)
{
    (void)argc, (void)argv;
    const char *threads = getenv("OMP_NUM_THREADS");
    return threads && strcmp(threads, "1") == 0 && !getenv("MAKEFLAGS") ? 0 : 1;
}

static void surroundings(void **state)
{
    (void)state;
    setenv("MAKEFLAGS", "-j8", 1);
    assert_int_equal(run(reads_nothing, (struct guard_limits){0}).status, 0);
    assert_int_equal(run(has_one_thread, (struct guard_limits){0}).status, 0);
    assert_null(getenv("OMP_NUM_THREADS"));
    assert_string_equal(getenv("MAKEFLAGS"), "-j8");
    unsetenv("MAKEFLAGS");
}

/* Text that waits in the guard's buffer is printed once, by the guard. */
static void waiting_text_is_printed_once(void **state)
{
    (void)state;
    FILE *f = fopen("text", "w");
    assert_non_null(f);
    fputs("once\n", f);
    assert_int_equal(run(exits_deep_down, (struct guard_limits){0}).status, 7);
    fclose(f);
    struct err e = {0};
    size_t bytes;
    char *text = file_read("text", 100, &bytes, &e);
    assert_string_equal(text, "once\n");
    free(text);
}

static int is_stopped(int argc, char **argv)
{
    (void)argc, (void)argv;
    cleanup_on_signals();
    raise(SIGTERM);
    return 0;
}

/* A temporary file of the guard is not the child's to remove. */
static void files_of_the_guard_stay(void **state)
{
    (void)state;
    struct out_file o;
    struct err e = {0};
    assert_true(out_open(&o, "product", false, false, &e));
    assert_int_equal(run(is_stopped, (struct guard_limits){0}).status, ERR_INTERRUPTED);
    assert_true(out_commit(&o, &e));
    assert_int_equal(access("product", F_OK), 0);
}

/* A refusal is run twice, a failure once: each time from the same state of the guard. */
static int counter;

static int counts(int argc, char **argv)
{
    (void)argc, (void)argv;
    return ++counter;
}

static void the_guard_keeps_its_state(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(run(counts, (struct guard_limits){0}).status, 1);
    assert_int_equal(counter, 0);
}

#define ALONE(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ALONE(status_and_output),
        ALONE(crashes),
        ALONE(limits),
        ALONE(no_open_file_is_inherited),
        ALONE(surroundings),
        ALONE(waiting_text_is_printed_once),
        ALONE(files_of_the_guard_stay),
        ALONE(the_guard_keeps_its_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
