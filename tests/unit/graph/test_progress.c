/* Progress of a run in words; output and end of child processes. */
#include "graph/progress.h"
#include "graph/spawn.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void says(struct progress p, double now_s, const char *expected)
{
    struct str line = {0};
    progress_line(&p, now_s, &line);
    assert_string_equal(str_text(&line), expected);
    str_free(&line);
}

static void the_line(void **state)
{
    (void)state;
    says((struct progress){.what = "scan: files ", .total = 8}, 0, "scan: files 0/8 done");
    says((struct progress){.what = "", .done = 5, .total = 10, .running = 2, .failed = 1}, 10,
         "5/10 done, 2 running, 1 failed, 0.5/s, 10.0 s left");
    /* by cost, not by count: the expensive ones come last */
    says((struct progress){.what = "", .done = 9, .total = 10, .cost_done = 1, .cost_total = 11},
         18, "9/10 done, 0.5/s, 3 min 0 s left");
    says((struct progress){.what = "", .done = 10, .total = 10}, 10, "10/10 done, 1/s");
}

/* A log hears once a minute, a terminal four times a second. */
static void when_it_is_told(void **state)
{
    (void)state;
    struct progress p;
    progress_begin(&p, "");
    assert_false(progress_is_due(&p));
    p.terminal = false;
    p.told_s -= 59;
    assert_false(progress_is_due(&p));
    p.terminal = true;
    assert_true(progress_is_due(&p));
    p.terminal = false;
    p.told_s -= 2;
    assert_true(progress_is_due(&p));
}

static void hostile_text_is_tamed(void **state)
{
    (void)state;
    struct str text = {0};
    clean_text("a\033[2Jb\r\x7f\xc3\x96", &text);
    assert_string_equal(text.text, "a?[2Jb??\xc3\x96");
    str_free(&text);
    clean_text("series 1.2.826.0.1.3680043.8.498.1", &text);
    assert_null(strstr(text.text, "3680043"));
    str_free(&text);
}

static void durations(void **state)
{
    (void)state;
    static const struct {
        double s;
        const char *text;
    } cases[] = {{0, "0.0 s"},         {59.9, "59.9 s"},
                 {59.99, "1 min 0 s"}, {3599.2, "59 min 59 s"},
                 {3600, "1 h 0 min"},  {90061, "25 h 1 min"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str text = {0};
        duration_text(cases[i].s, &text);
        assert_string_equal(text.text, cases[i].text);
        str_free(&text);
    }
}

static void complaints(void **state)
{
    (void)state;
    assert_string_equal(spawn_complaint("radfeat: error: a: error: b"), "a: error: b");
    assert_null(spawn_complaint("radfeat: warning: x"));
    assert_null(spawn_complaint(": error: x"));
    assert_null(spawn_complaint("Some text: error: x"));
}

static void collect(void *of, char *line)
{
    str_addf(of, "<%s>", line);
}

static void runs(const char *script, const char *lines, int expected)
{
    struct err e = {0};
    struct str heard = {0};
    int status = -1;
    const char *const argv[] = {"/bin/sh", "-c", script, NULL};
    const struct spawn s = {.argv = argv, .line = collect, .of = &heard};
    assert_true(spawn_wait(&s, &status, &e));
    assert_string_equal(str_text(&heard), lines);
    assert_int_equal(status, expected);
    str_free(&heard);
}

static void a_child_is_heard_to_the_end(void **state)
{
    (void)state;
    runs("echo a; printf b", "<a><b>", 0);
    runs("printf 'a\\n\\nb\\0c' >&2; exit 3", "<a><><b?c>", 3);
    runs("kill -9 $$", "", 128 + SIGKILL);
    runs("echo a; sleep 60 & exit 0", "<a>", 0); /* an orphan holds the pipe */
}

static void output_and_lines_are_kept_apart(void **state)
{
    (void)state;
    struct err e = {0};
    struct str heard = {0}, out = {0};
    int status;
    const char *const argv[] = {"/bin/sh", "-c", "printf 'x\\ny'; echo z >&2", NULL};
    const struct spawn s = {.argv = argv, .out = &out, .line = collect, .of = &heard};
    assert_true(spawn_wait(&s, &status, &e));
    assert_string_equal(out.text, "x\ny");
    assert_string_equal(heard.text, "<z>");
    str_free(&heard);
    str_free(&out);
}

static void a_child_that_does_not_stop_is_killed(void **state)
{
    (void)state;
    struct err e = {0};
    struct str heard = {0};
    int status;
    const char *const argv[] = {"/bin/sh", "-c",
                                "trap '' INT; kill -INT $PPID; while :; do sleep 1; done", NULL};
    const struct spawn s = {.argv = argv, .line = collect, .of = &heard};
    assert_false(spawn_wait(&s, &status, &e));
    assert_int_equal(e.code, ERR_INTERRUPTED);
    str_free(&heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line),
        cmocka_unit_test(when_it_is_told),
        cmocka_unit_test(hostile_text_is_tamed),
        cmocka_unit_test(durations),
        cmocka_unit_test(complaints),
        cmocka_unit_test(a_child_is_heard_to_the_end),
        cmocka_unit_test(output_and_lines_are_kept_apart),
        cmocka_unit_test(a_child_that_does_not_stop_is_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
