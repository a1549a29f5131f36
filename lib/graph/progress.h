/* Progress of a run: one line that is updated on a terminal, or a line a minute in a log; every
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

/* These messages go to standard output, which carries no product here; -q suppresses them.
 */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* From here on messages were asked for: -q does not suppress them. */
void say_in_any_case(void);

void progress_begin(struct progress *p, const char *what);

/* Whether it is time to show how far it is; then progress_tell does. */
bool progress_is_due(const struct progress *p);
void progress_tell(struct progress *p);

/* Removes the line from the terminal before something else is printed. */
void progress_hide(struct progress *p);

/* Appends the line: "812/8000 done, 4 running, 3 failed, 45.1/s, 2 min 40 s left". `now_s` is by
 * clock_s. */
void progress_line(const struct progress *p, double now_s, struct str *out);

/* Appends a text from outside: control characters are escaped, and UIDs shortened. */
void clean_text(const char *text, struct str *out);

/* Appends "2.1 s", "2 min 40 s", "3 h 12 min". */
void duration_text(double seconds, struct str *out);

#endif
