/* Ninja's logs: what it ran, with a digest of each command. A run over shards leaves one log each,
 * and Ninja redoes what is not in its own log; so the logs are made one before a graph is looked
 * at, and divided when shards are written. */
#ifndef RADMILL_GRAPH_NINJA_LOG_H
#define RADMILL_GRAPH_NINJA_LOG_H

#include "base/err.h"
#include "base/str.h"

struct ninja_log {
    char *header; /* the first line; NULL: there is no log yet */
    struct ninja_entry {
        char *output, *line;
        long long time; /* when it was made; the file system's clock, ns */
    } * item;
    size_t n, room;
};

#define NINJA_LOG ".ninja_log"

/* Adds what a log says; none: nothing. A log of another form than those before, a line that is cut:
 * passed over, so that Ninja runs those edges again, nothing worse. */
void ninja_log_add(struct ninja_log *l, const char *path);

/* Sorts, and keeps the last entry of each output. To be called before what follows. */
void ninja_log_finish(struct ninja_log *l);

/* Writes the entries of some outputs (sorted by bytes), or with NULL all. Without a header nothing
 * is written. */
bool ninja_log_write(const struct ninja_log *l, const struct str_list *outputs, const char *path,
                     struct err *e);
void ninja_log_free(struct ninja_log *l);

#endif
