/* The values of one case in long form: one entry per response, class and feature, in output order.
 * Every output format is a rendering of it. */
#ifndef RADMILL_ENGINE_ROWS_RESULT_H
#define RADMILL_ENGINE_ROWS_RESULT_H

#include "base/stopwatch.h"
#include "base/str.h"
#include "engine/load/snapshot.h"
#include "engine/params/params.h"

struct result_value {
    const char *response; /* into result.responses */
    const struct family *family;
    int feature;
    struct fvalue value;
};

struct result { /* zero-initialise; release with result_free */
    struct result_value *item;
    size_t n, room;
    char **responses;
    size_t n_responses;
    struct snapshots *log;   /* owned; NULL: no diagnostics */
    struct stopwatch *watch; /* borrowed; NULL: nobody asks where the time goes */
};

/* Adds the wanted features of one class, in the order of the request. */
void result_add(struct result *r, const char *response, const struct class_request *request,
                const struct fvalue *value);
void result_free(struct result *r);

#endif
