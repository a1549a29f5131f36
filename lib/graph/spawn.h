/* Child processes of a run: the scan, the scheduler. They share our process group and terminal, die
 * with us, and get the signals that we get; one that does not end within a moment is killed. */
#ifndef RADMILL_GRAPH_SPAWN_H
#define RADMILL_GRAPH_SPAWN_H

#include "base/err.h"
#include "base/str.h"

struct spawn {
    const char *const *argv; /* NULL-terminated */
    struct str *out;         /* receives standard output; NULL: its lines go to `line` */
    void (*line)(void *of,
                 char *text); /* each line of standard error, and of output without `out` */
    void (*tick)(void *of);   /* called at most four times a second; may be NULL */
    void *of;
};

/* Runs it and waits. *status: its exit status, or 128 + signal. ERR_FAILED: it could not be
 * started, or its output not be read; ERR_INTERRUPTED: we were asked to stop (the child has ended).
 */
bool spawn_wait(const struct spawn *s, int *status, struct err *e);

/* A line that reads "<tool>: error: <text>": the text, inside it; NULL: another line. */
const char *spawn_complaint(const char *line);

#endif
