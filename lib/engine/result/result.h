/* The values of one case, one entry per response, class and feature, in output order. Every output
 * format is a rendering of it. */
#ifndef RADMILL_ENGINE_RESULT_RESULT_H
#define RADMILL_ENGINE_RESULT_RESULT_H

#include "base/stopwatch.h"
#include "engine/load/snapshot.h"
#include "engine/result/columns.h"

/* Unit and IBSI's code of the feature are those of its row. */
struct result_value {
    const char *image; /* of the columns */
    const struct family *family;
    const struct feature *feature;
    const char *aggregation; /* IBSI's code, "" where it has none; static text */
    ptrdiff_t column;        /* its place among the columns; -1: the feature is gone */
    struct fvalue value;
};

/* A listener that is told the progress of a measurement and may end it. */
struct observer {
    void *user;
    /* Before each class of each response: how many of all columns are done, and which class on
     * which image comes next. false: the measurement ends with ERR_INTERRUPTED. */
    bool (*progress)(void *user, size_t done, size_t all, const char *image, const char *family);
};

struct result { /* zero-initialise; release with result_free */
    struct result_value *item;
    size_t n, room;
    struct columns columns;
    struct snapshots *log;           /* owned; NULL: no diagnostics */
    struct stopwatch *watch;         /* borrowed; NULL: times are not measured */
    const struct observer *observer; /* borrowed; NULL: no listener */
};

/* Adds the wanted features of class request r, in the order of the request. response NULL: of the
 * shape. ERR_FAILED without memory. */
bool result_add(struct result *out, const struct params *p, const struct response *response, int r,
                const char *aggregation, const struct fvalue *value, struct err *e);
void result_free(struct result *r);

#endif
