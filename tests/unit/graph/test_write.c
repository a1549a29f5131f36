/* The two forms of a graph, from one text of rules. */
#include "graph/rules.h"
#include "io/atomic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char rules_text[] = "# a comment\n"
                                 "bin = tools\n"
                                 "run = $bin/run\n"
                                 "\n"
                                 "rule make\n"
                                 "  command = exec $run $lock $in $\n"
                                 "    -o $out ${option} $nothing $$HOME\n"
                                 "  description = make $out\n"
                                 "  restat = 1\n";

static struct edge *add_edge(struct graph *g, const char *out, const char *in)
{
    struct edge *x = graph_add(g, "make");
    edge_out(x, out);
    edge_in(x, in);
    edge_var(x, "option", "--fast");
    return x;
}

static char *write_and_read(const struct graph *g, bool ninja, struct err *e)
{
    char path[] = "/tmp/radmill-graph-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    size_t bytes;
    bool ok = graph_write(g, rules_text, ninja, path, e);
    char *text = ok ? file_read(path, 1 << 20, &bytes, e) : NULL;
    unlink(path);
    return text;
}

static void commands_are_spelled_out_for_make(void **state)
{
    (void)state;
    struct graph g = {0};
    struct err e = {0};
    edge_order(add_edge(&g, "a/b.csv", "in.txt"), "first");
    char *text = write_and_read(&g, false, &e);
    assert_non_null(text);
    assert_non_null(strstr(text, "\t@exec tools/run  in.txt -o a/b.csv --fast  $$HOME\n"));
    assert_non_null(strstr(text, ".radmill/stamps/a/b.csv: in.txt | first\n"));
    assert_non_null(strstr(text, "\na/b.csv: .radmill/stamps/a/b.csv ;\n"));
    assert_non_null(strstr(text, "all: a/b.csv\n"));
    free(text);
    graph_free(&g);
}

static void ninja_gets_the_rules_as_they_are(void **state)
{
    (void)state;
    struct graph g = {0};
    struct err e = {0};
    edge_order(add_edge(&g, "a/b.csv", "in.txt"), "first");
    char *text = write_and_read(&g, true, &e);
    assert_non_null(text);
    assert_non_null(strstr(text, rules_text));
    assert_non_null(strstr(text, "\nbuild a/b.csv: make in.txt || first\n  option = --fast\n"));
    free(text);
    graph_free(&g);
}

static void heavy_edges_share_a_pool_or_locks(void **state)
{
    (void)state;
    struct graph g = {.heavy_depth = 2, .heavy_over_mb = 100};
    struct err e = {0};
    static const char *const outs[] = {"h0", "light", "h1", "h2"};
    for (int i = 0; i < 4; i++)
        add_edge(&g, outs[i], "in")->predicted_mb = i == 1 ? 100 : 101;
    char *text = write_and_read(&g, true, &e);
    assert_non_null(strstr(text, "pool heavy\n  depth = 2\n"));
    int pooled = 0;
    for (const char *at = text; (at = strstr(at, "\n  pool = heavy\n")); at++)
        pooled++;
    assert_int_equal(pooled, 3);
    free(text);
    text = write_and_read(&g, false, &e);
    assert_non_null(strstr(text, "--lock .radmill/heavy.0 in -o h0"));
    assert_non_null(strstr(text, "--lock .radmill/heavy.1 in -o h1"));
    assert_non_null(strstr(text, "--lock .radmill/heavy.0 in -o h2"));
    assert_non_null(strstr(text, "tools/run  in -o light"));
    free(text);
    graph_free(&g);
}

/* Another shard may work beside it, with less memory, on another machine. */
static void a_shard_has_locks_of_its_own(void **state)
{
    (void)state;
    struct graph g = {.heavy_depth = 1, .heavy_over_mb = 100, .builddir = "state/3"};
    struct err e = {0};
    add_edge(&g, "large", "in")->predicted_mb = 500;
    char *text = write_and_read(&g, false, &e);
    assert_non_null(text);
    assert_non_null(strstr(text, " --lock state/3/heavy.0 "));
    assert_non_null(strstr(text, "\t@echo 'make large'\n"));
    free(text);
    text = write_and_read(&g, true, &e);
    assert_non_null(text);
    assert_non_null(strstr(text, "builddir = state/3\n"));
    free(text);
    graph_free(&g);
}

static void paths_of_strangers_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"a b", "/absolute", "../up", "a//b",      "a/",
                                      "a$b", "-dash",     "a;b.c", ".hidden/x", "a/.b",
                                      "",    "a:b",       "a|b",   "a\tb",      "a/../b"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct graph g = {0};
        struct err e = {0};
        add_edge(&g, "fine", bad[i]);
        assert_null(write_and_read(&g, true, &e));
        assert_int_equal(e.code, ERR_FAILED);
        graph_free(&g);
    }
}

static void an_unknown_rule_is_refused(void **state)
{
    (void)state;
    struct graph g = {0};
    struct err e = {0};
    edge_out(graph_add(&g, "brew"), "tea");
    assert_null(write_and_read(&g, false, &e));
    assert_non_null(strstr(e.text, "brew"));
    graph_free(&g);
}

static void rules_that_are_not_understood_are_refused(void **state)
{
    (void)state;
    struct rules r;
    struct err e = {0};
    assert_false(rules_parse("rule x\n  command\n", &r, &e));
    assert_false(rules_parse("  command = y\n", &r, &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_are_spelled_out_for_make),
        cmocka_unit_test(ninja_gets_the_rules_as_they_are),
        cmocka_unit_test(heavy_edges_share_a_pool_or_locks),
        cmocka_unit_test(a_shard_has_locks_of_its_own),
        cmocka_unit_test(paths_of_strangers_are_refused),
        cmocka_unit_test(an_unknown_rule_is_refused),
        cmocka_unit_test(rules_that_are_not_understood_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
