/* Child processes of a run: the scan, the scheduler. They share our process group and terminal, die
 * with us, and get the signals that we get. */
#ifndef RADMILL_GRAPH_SPAWN_H
#define RADMILL_GRAPH_SPAWN_H

#include "base/err.h"
#include "base/str.h"

/* Runs argv (NULL-terminated) and waits. Standard output goes to *out, or is ours when out is NULL.
 * *status: its exit status, or 128 + signal. error ERR_FAILED: it could not be started;
 * ERR_INTERRUPTED: we were asked to stop (the child has ended). */
bool spawn_wait(const char *const *argv, struct str *out, int *status, struct err *e);

#endif
