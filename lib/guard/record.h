/* The record of one guarded command: what became of it, for the status table and for the commands
 * that build on it. On disk it is JSON:
 *
 *     {"state": "ok" | "skipped" | "failed", "stage": "features", "reason": "", "exit_status": 0,
 *      "signal": 0, "seconds": 0.041, "cpu_seconds": 0.039, "peak_mb": 18.2, "log": "PATH"}
 *
 * stage is where the outcome arose: a command whose predecessor failed inherits state, stage and
 * reason and is not run. skipped means refused by rule (exit status 3), which no repetition cures;
 * failed is everything else, and is tried again by the next run. */
#ifndef RADMILL_GUARD_RECORD_H
#define RADMILL_GUARD_RECORD_H

#include "base/str.h"
#include "guard/guard.h"

enum record_state { RECORD_OK, RECORD_SKIPPED, RECORD_FAILED };
extern const char *const record_state_names[3];

struct record {
    enum record_state state;
    char *stage, *reason, *log; /* owned; never NULL after record_judge or record_read */
    int exit_status;            /* -1: none */
    int signal;
    double seconds, cpu_seconds, peak_mb;
};

/* Fills r from how a command ended; the reason of one that did not end well closes with the last
 * line of its log. Never GUARD_INTERRUPTED. Release with record_free. */
void record_judge(struct record *r, const char *stage, const struct guard_outcome *o,
                  const struct guard_limits *limits, const char *log);

/* A record of an outcome that needed no command. */
void record_state(struct record *r, enum record_state state, const char *stage, const char *reason);

/* Changes state and reason, and nothing else. */
void record_change(struct record *r, enum record_state state, const char *reason);

bool record_write(const struct record *r, const char *path, struct err *e);
bool record_read(struct record *r, const char *path, struct err *e);
void record_free(struct record *r);

#endif
