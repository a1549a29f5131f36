#include "engine/files/run_files.h"

bool run_files(const struct params *p, const struct load_request *request, struct result *out,
               int *dims, struct err *e)
{
    struct rcase c;
    if (!engine_begin(p, out, e))
        return false;
    double start = stopwatch_now(out->watch);
    bool good = load_case(request, &p->settings.load, out->log, &c, e);
    stopwatch_add(out->watch, "load", start);
    *dims = c.image.grid.dims;
    good = good && engine_measure(p, &c, out, e);
    rcase_free(&c);
    return good;
}
