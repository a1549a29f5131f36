#include "cli/run.h"

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/usage.h"

#include "version.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static int fail(const struct tool *t, const struct err *e)
{
    log_error("%s", e->text[0] ? e->text : "failed");
    if (e->code == ERR_USAGE && !t->voice) {
        struct str usage = {0};
        usage_brief(t, &usage);
        fprintf(stderr, "%sTry %s --help.\n", str_text(&usage), t->name);
        str_free(&usage);
    }
    return e->code == ERR_NONE ? ERR_FAILED : (int)e->code;
}

static bool print_help(const struct tool *t, const char *format, struct err *e)
{
    struct str text = {0};
    bool ok = usage_print(t, format, &text, e);
    if (ok)
        fputs(str_text(&text), stdout);
    str_free(&text);
    return ok;
}

/* What -v says of every tool. */
static void tell_cost(int status, double start_s)
{
    struct rusage u;
    if (log_get_level() < LOG_INFO || getrusage(RUSAGE_SELF, &u) != 0)
        return;
    double cpu_s = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
                   1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
    log_info("status %d after %.3f s, %.3f s of processor time, %.1f MB at most", status,
             clock_s() - start_s, cpu_s, (double)u.ru_maxrss / 1024);
}

static enum log_level level_for(const struct opt_common_values *common)
{
    if (common->quiet)
        return LOG_ERROR;
    return common->verbose > 1 ? LOG_DEBUG : common->verbose == 1 ? LOG_INFO : LOG_WARNING;
}

static bool act(const struct tool *t, const struct opt_common_values *common, const void *values,
                struct err *e)
{
    if (common->request == OPT_HELP)
        return print_help(t, common->help_format, e);
    if (common->request == OPT_VERSION)
        return printf("%s (radmill) %s\n", t->name, RADMILL_VERSION) > 0;
    log_set_level(level_for(common));
    return (!t->check || t->check(values, e)) && t->run(values, e);
}

static int tool_main(const struct tool *t, int argc, char **argv)
{
    const double start_s = clock_s();
    log_set_tool(t->voice ? t->voice : t->name);
    cleanup_on_signals();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, reported like any other */
    if (t->prepare)
        t->prepare();
    struct err e = {0};
    struct opt_common_values common;
    void *values = mem_must(calloc(1, t->opts_size ? t->opts_size : 1));
    int status = ERR_NONE;
    if (!opt_parse(t, argc, argv, values, &common, &e)) {
        status = fail(t, &e);
    } else {
        if (!act(t, &common, values, &e))
            status = fail(t, &e);
        opt_free(t, values);
        tell_cost(status, start_s);
    }
    free(values);
    if (fclose(stdout) != 0 && status == ERR_NONE) {
        err_errno(&e, "writing standard output");
        status = fail(t, &e);
    }
    return status;
}

/* --- which tool --- */

static const struct tool *const *program;

static const struct tool *tool_called(const char *name)
{
    const char *slash = name ? strrchr(name, '/') : NULL;
    for (const struct tool *const *t = program; name && *t; t++)
        if (strcmp((*t)->name, slash ? slash + 1 : name) == 0)
            return *t;
    return program[0];
}

int tools_main(const struct tool *const *tools, int argc, char **argv)
{
    program = tools;
    return tool_main(tool_called(argv[0]), argc, argv);
}

int tools_main_again(int argc, char **argv)
{
    return tools_main(program, argc, argv);
}
