#include "engine/turn.h"

#include "base/mem.h"

bool turn_open(struct turn *t, bool alone, const struct roi_view *view, struct err *e)
{
    *t = (struct turn){0};
    pthread_mutex_init(&t->lock, NULL);
    t->texture.lock = &t->lock;
    if (alone)
        return true;
    t->sample = mem_big((size_t)view->intensity.n_voxels, sizeof *t->sample, e);
    return t->sample != NULL;
}

void turn_end(struct turn *t)
{
    texture_cache_next(&t->texture);
    levels_free(&t->levels);
}

void turn_close(struct turn *t)
{
    turn_end(t);
    texture_cache_free(&t->texture);
    mem_big_free(t->sample);
    pthread_mutex_destroy(&t->lock);
}

bool turn_take(struct turn *t, struct bank *bank, const struct profile *profile, bool *more,
               const struct stopwatch *watch, struct lap lap[2], struct err *e)
{
    double start = stopwatch_now(watch);
    if (!bank_next(bank, &t->response, &t->settings, more, e) || !*more)
        return !*more;
    bank_gather(bank, &t->response, t->sample);
    double filtered = stopwatch_now(watch);
    lap[0] = (struct lap){bank_current(bank), filtered - start};
    if (!profile->discretise(&t->response, &t->settings->discretise, &t->levels, e))
        return err_wrap(e, "%s", t->response.name);
    lap[1] = (struct lap){"discretise", stopwatch_now(watch) - filtered};
    return true;
}

struct family_input turn_input(struct turn *t, const struct profile *profile,
                               const struct roi_view *view)
{
    return (struct family_input){.response = &t->response,
                                 .levels = &t->levels,
                                 .settings = &t->settings->family,
                                 .texture = &t->texture,
                                 .arithmetic = profile->arithmetic,
                                 .view = view};
}
