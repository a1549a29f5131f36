#include "graph/progress.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/uid.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/* A terminal is updated four times a second, a log once a minute. */
static const double terminal_s = 0.25, log_s = 60;

static bool in_any_case;

void say_in_any_case(void)
{
    in_any_case = true;
}

void say(const char *format, ...)
{
    va_list args;
    if (log_get_level() == LOG_ERROR && !in_any_case)
        return;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
}

void clean_text(const char *text, struct str *out)
{
    struct str hidden = {0};
    uid_hide(text, &hidden);
    for (const char *c = str_text(&hidden); *c; c++)
        str_add_char(out, (unsigned char)*c < ' ' || *c == 0x7f ? '?' : *c);
    str_free(&hidden);
}

void duration_text(double seconds, struct str *out)
{
    long whole = lround(seconds);
    if (seconds < 59.95)
        str_addf(out, "%.1f s", seconds);
    else if (whole < 3600)
        str_addf(out, "%ld min %ld s", whole / 60, whole % 60);
    else
        str_addf(out, "%ld h %ld min", whole / 3600, whole % 3600 / 60);
}

void progress_begin(struct progress *p, const char *what)
{
    *p = (struct progress){.what = what,
                           .start_s = clock_s(),
                           .terminal = isatty(STDOUT_FILENO) && log_get_level() == LOG_WARNING};
    p->told_s = p->start_s;
}

/* The share that is done: by predicted cost where there is one. */
static double share(const struct progress *p)
{
    if (p->cost_total > 0)
        return p->cost_done / p->cost_total;
    return p->total ? (double)p->done / (double)p->total : 0;
}

void progress_line(const struct progress *p, double now_s, struct str *out)
{
    double passed_s = now_s - p->start_s, part = share(p);
    str_addf(out, "%s%zu/%zu done", p->what, p->done, p->total);
    if (p->running)
        str_addf(out, ", %zu running", p->running);
    if (p->failed)
        str_addf(out, ", %zu failed", p->failed);
    if (passed_s > 0 && p->done)
        str_addf(out, ", %.3g/s", (double)p->done / passed_s);
    if (part > 0 && part < 1) {
        str_add(out, ", ");
        duration_text(passed_s * (1 - part) / part, out);
        str_add(out, " left");
    }
}

void progress_hide(struct progress *p)
{
    if (!p->shown)
        return;
    fputs("\r\033[K", stdout);
    fflush(stdout);
    p->shown = false;
}

bool progress_is_due(const struct progress *p)
{
    return clock_s() - p->told_s >= (p->terminal ? terminal_s : log_s) &&
           log_get_level() != LOG_ERROR;
}

void progress_tell(struct progress *p)
{
    double now_s = clock_s();
    if (!progress_is_due(p))
        return;
    struct str line = {0};
    progress_line(p, now_s, &line);
    p->told_s = now_s;
    if (p->terminal)
        progress_hide(p);
    printf("radmill: %s%s", line.text, p->terminal ? "" : "\n");
    fflush(stdout);
    p->shown = p->terminal;
    str_free(&line);
}
