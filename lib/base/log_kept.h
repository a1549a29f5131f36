/* Messages that wait: what was said in another thread, or too early, is said again in its place. */
#ifndef RADMILL_BASE_LOG_KEPT_H
#define RADMILL_BASE_LOG_KEPT_H

#include "base/log.h"

struct log_line {
    struct log_line *next;
    enum log_level level;
    char text[];
};

struct log_kept { /* zero-initialise */
    struct log_line *first, *last;
};

/* A sink for log_redirect that keeps. Without memory a message is lost. */
struct log_sink log_keeper(struct log_kept *k);

/* Says all that was kept, in order, in this thread, and forgets it. */
void log_repeat(struct log_kept *k);
void log_forget(struct log_kept *k);

#endif
