#include "engine/files/run_files.h"

static bool run_case(const struct params *p, const struct load_request *request, struct rcase *c,
                     struct result *out, struct err *e)
{
    double start = stopwatch_now(out->watch);
    bool good = load_case(request, &p->settings.load, out->log, c, e);
    stopwatch_add(out->watch, "load", start);
    return good && engine_measure(p, c, out, e);
}

bool run_files(const struct params *p, const struct load_request *request, int threads,
               struct result *out, int *dims, struct err *e)
{
    struct rcase c = {0};
    if (!engine_begin(p, out, e) || !pool_create(threads, &c.pool, e))
        return false;
    bool good = run_case(p, request, &c, out, e);
    *dims = c.image.grid.dims;
    rcase_free(&c);
    pool_destroy(c.pool);
    return good;
}
