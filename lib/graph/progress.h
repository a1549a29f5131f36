/* How far a run is: one line that a terminal shows in place, or a line a minute in a log; every
 * edge with -v, nothing with -q. */
#ifndef RADMILL_GRAPH_PROGRESS_H
#define RADMILL_GRAPH_PROGRESS_H

#include "base/str.h"

struct progress {
    const char *what; /* "scan: files", "" for the edges */
    size_t done, total, running, failed;
    double cost_done, cost_total; /* in any unit; 0: a matter of counts */
    double start_s, told_s;       /* by clock_s */
    bool terminal, shown;         /* shown: a line stands on the terminal */
};

/* What is `said` goes to standard output, which nothing reads as a product here; -q keeps it away.
 */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* From here on what is said was asked for: -q does not keep it away. */
void say_in_any_case(void);

void progress_begin(struct progress *p, const char *what);

/* Whether it is time to show how far it is; then progress_tell does. */
bool progress_is_due(const struct progress *p);
void progress_tell(struct progress *p);

/* Takes the line off the terminal, before something else is printed. */
void progress_hide(struct progress *p);

/* Appends the line: "812/8000 done, 4 running, 3 failed, 45.1/s, 2 min 40 s left". `now_s` is by
 * clock_s. */
void progress_line(const struct progress *p, double now_s, struct str *out);

/* Appends a text of strangers: nothing in it can drive a terminal, and UIDs are marks. */
void clean_text(const char *text, struct str *out);

/* Appends "2.1 s", "2 min 40 s", "3 h 12 min". */
void duration_text(double seconds, struct str *out);

#endif
