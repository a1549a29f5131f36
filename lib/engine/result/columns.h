/* The columns of the feature table: a pure function of the parameters and the number of axes of the
 * image, so that tables are complete whatever failed and all rows of a run fit together. A value
 * has its column from the beginning; columns are never looked up by comparing text. */
#ifndef RADMILL_ENGINE_RESULT_COLUMNS_H
#define RADMILL_ENGINE_RESULT_COLUMNS_H

#include "engine/params/params.h"

struct column {
    const char *image; /* "original", "wavelet-LLH", ...: of the columns */
    const struct family *family;
    const struct feature *feature;
    const char *aggregation; /* IBSI's code, "" where it has none */
};

struct columns { /* zero-initialise */
    struct column *item;
    size_t n;

    struct str_list images; /* names of the responses, each once, in output order */
    int *image;             /* per response of each request of a filter: its place in images */
    int *first_response; /* per request: where its responses begin in `image`; then their number */
    size_t *first;       /* [images + 1][n_requests]: first column of a class on an image; the
                          * last row is that of the shape classes */
};

/* ERR_REFUSED as filter_names, ERR_FAILED without memory. Release with columns_free, also after an
 * error. */
bool columns_create(const struct params *p, int dims, struct columns *out, struct err *e);
void columns_free(struct columns *c);

/* Where the columns of class request r begin for a response (request and index as the bank gives
 * them); response NULL: for the shape classes. *image: the name that the columns have for it.
 * Features that are gone have no column. */
size_t columns_of(const struct columns *c, const struct params *p, const struct response *response,
                  int r, const char **image);

/* "<image>_<class>_<Feature>", with "_<aggregation>" where a family has several: the one function
 * that makes names of columns and of maps. */
void column_name(struct str *out, const struct column *c);

#endif
