/* main() of every tool: parse by the tool's table, check, run, report one line, close stdout. */
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/usage.h"

#include "version.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

extern const struct tool tool;

static int fail(const struct err *e)
{
    log_error("%s", e->text[0] ? e->text : "failed");
    if (e->code == ERR_USAGE && !tool.voice) {
        struct str usage = {0};
        usage_brief(&tool, &usage);
        fprintf(stderr, "%sTry %s --help.\n", str_text(&usage), tool.name);
        str_free(&usage);
    }
    return e->code == ERR_NONE ? ERR_FAILED : (int)e->code;
}

static bool print_help(const char *format, struct err *e)
{
    struct str text = {0};
    bool ok = usage_print(&tool, format, &text, e);
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

static bool act(const struct opt_common_values *common, const void *values, struct err *e)
{
    if (common->request == OPT_HELP)
        return print_help(common->help_format, e);
    if (common->request == OPT_VERSION)
        return printf("%s (radmill) %s\n", tool.name, RADMILL_VERSION) > 0;
    log_set_level(level_for(common));
    return (!tool.check || tool.check(values, e)) && tool.run(values, e);
}

int main(int argc, char **argv)
{
    const double start_s = clock_s();
    log_set_tool(tool.voice ? tool.voice : tool.name);
    cleanup_on_signals();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, reported like any other */
    if (tool.prepare)
        tool.prepare();
    struct err e = {0};
    struct opt_common_values common;
    void *values = mem_must(calloc(1, tool.opts_size ? tool.opts_size : 1));
    int status = ERR_NONE;
    if (!opt_parse(&tool, argc, argv, values, &common, &e)) {
        status = fail(&e);
    } else {
        if (!act(&common, values, &e))
            status = fail(&e);
        opt_free(&tool, values);
        tell_cost(status, start_s);
    }
    free(values);
    if (fclose(stdout) != 0 && status == ERR_NONE) {
        err_errno(&e, "writing standard output");
        status = fail(&e);
    }
    return status;
}
