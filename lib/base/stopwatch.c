#include "base/stopwatch.h"

#include <string.h>

double stopwatch_now(const struct stopwatch *w)
{
    struct timespec t;
    if (!w || clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) != 0)
        return 0;
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void stopwatch_add(struct stopwatch *w, const char *name, double start)
{
    stopwatch_add_seconds(w, name, stopwatch_now(w) - start);
}

void stopwatch_add_seconds(struct stopwatch *w, const char *name, double seconds)
{
    if (!w)
        return;
    int i = 0;
    while (i < w->n && strcmp(w->lap[i].name, name) != 0)
        i++;
    if (i == STOPWATCH_LAPS)
        return;
    if (i == w->n)
        w->lap[w->n++].name = name;
    w->lap[i].seconds += seconds;
}

void stopwatch_json(const struct stopwatch *w, struct str *out)
{
    for (int i = 0; i < w->n; i++)
        str_addf(out, "%s\"%s\": %.6f", i ? ", " : "{", w->lap[i].name, w->lap[i].seconds);
    str_add(out, w->n ? "}\n" : "{}\n");
}
