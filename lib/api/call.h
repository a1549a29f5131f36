/* Shared by the functions of the library: structs of callers of any release, errors, images, and
 * beginning and end of a call. */
#ifndef RADMILL_API_CALL_H
#define RADMILL_API_CALL_H

#include "api/radmill.h"
#include "base/log.h"
#include "engine/load/rcase.h"
#include "engine/result/result.h"

struct radmill_params {
    struct params *p;
};

/* Reads a struct of the caller's, which may be shorter or longer than ours: what it lacks is 0. */
void api_read(void *to, const void *from, size_t bytes);

/* Writes a struct of ours into the caller's, as far as it reaches; its size stays. */
void api_write(void *to, const void *from, size_t bytes);

/* Hands an error over; always false. */
bool api_fail(struct radmill_error *to, const struct err *from);

/* One call that measures: the parameters, changed by the call's options, and its listener. */
struct call {
    struct radmill_options options;
    struct params params;           /* of the caller's, shallow */
    struct profile profile;         /* with as_it_is: without preprocessing */
    struct filter_request original; /* likewise: the image itself */
    struct observer observer;       /* progress NULL: no listener */
    double asked_s;                 /* when the caller was asked last whether to go on */
    struct pool *pool;              /* NULL: the caller's thread alone */
    struct log_sink before;
};

/* Begins a call: from here on messages of this thread go to the caller's function. call_end puts
 * things back; it follows also after an error. */
bool call_begin(struct call *c, const struct radmill_params *p,
                const struct radmill_options *options, struct err *e);
void call_end(struct call *c);

/* Asks the caller whether the result is still wanted: before every call of a function of its. */
bool call_wanted(const struct call *c);

const struct observer *call_observer(const struct call *c); /* NULL: no listener */

/* The caller's image as a volume that borrows its voxels. ERR_REFUSED for a geometry that no grid
 * has, ERR_USAGE for what is no image. */
bool call_volume(const struct radmill_image *in, struct volume *out, struct err *e);

/* An image of doubles on a grid, for the caller to look at. */
struct radmill_image api_image(const struct grid *g, const double *voxels);

/* Image and mask as a loaded case, with the threads of the call. log NULL: no snapshots. Release
 * with rcase_free. */
bool call_case(const struct call *c, const struct radmill_image *image,
               const struct radmill_image *mask, struct snapshots *log, struct rcase *out,
               struct err *e);

#endif
