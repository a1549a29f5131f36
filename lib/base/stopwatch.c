#include "base/stopwatch.h"

#include "base/host.h"

#include <string.h>

double stopwatch_now(const struct stopwatch *w)
{
    return w ? host_thread_seconds() : 0;
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
