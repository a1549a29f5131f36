/* A place for one response while its classes are measured. There are as many as threads: so many
 * responses are in memory at a time. */
#ifndef RADMILL_ENGINE_TURN_H
#define RADMILL_ENGINE_TURN_H

#include "base/stopwatch.h"
#include "engine/features/texture_cache.h"
#include "engine/filters/bank.h"
#include "engine/params/params.h"

/* Seconds that a step took, under its name; NULL: none. */
struct lap {
    const char *name;
    double seconds;
};

struct turn {
    struct response response;
    const struct image_settings *settings;
    struct levels levels;
    struct texture_cache texture;
    pthread_mutex_t lock; /* of texture */
    double *sample;       /* own room for the response's values; NULL: they stay in the bank's */
};

/* alone: there is no other turn. ERR_FAILED without memory. Release with turn_close, also after an
 * error. */
bool turn_open(struct turn *t, bool alone, const struct roi_view *view, struct err *e);
void turn_close(struct turn *t);

/* Takes the bank's next response and its levels. *more: there was one. laps: of the filter and of
 * the levels, when watch is not NULL. Errors as those of bank_next and of the profile's
 * discretise. */
bool turn_take(struct turn *t, struct bank *bank, const struct profile *profile, bool *more,
               const struct stopwatch *watch, struct lap lap[2], struct err *e);

/* Makes the place free for the next response. */
void turn_end(struct turn *t);

/* What a class measures of the response. The aggregation is missing. */
struct family_input turn_input(struct turn *t, const struct profile *profile,
                               const struct roi_view *view);

#endif
