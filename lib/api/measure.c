/* Values and maps of one case in memory. */
#include "api/outcome.h"

#include "engine/engine.h"
#include "engine/voxel/voxel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)RADMILL_TEXT == (int)DIAGNOSTIC_TEXT &&
                   (int)RADMILL_LIST == (int)DIAGNOSTIC_LIST,
               "the two lists of kinds are one");

static bool measure_case(struct call *c, const struct radmill_image *image,
                         const struct radmill_image *mask, struct radmill_result *r, struct err *e)
{
    struct rcase loaded;
    r->values.observer = call_observer(c);
    bool ok = call_case(c, image, mask, r->values.log, &loaded, e) &&
              engine_measure(&c->params, &loaded, &r->values, e) &&
              outcome_complete(r, &c->params, e);
    r->values.observer = NULL;
    rcase_free(&loaded);
    return ok;
}

bool radmill_measure(const struct radmill_params *p, const struct radmill_image *image,
                     const struct radmill_image *mask, const struct radmill_options *options,
                     struct radmill_result **out, struct radmill_error *e)
{
    struct err why = {0};
    struct call c;
    struct radmill_result *r = NULL;
    *out = NULL;
    bool ok = call_begin(&c, p, options, &why) && (r = outcome_create(&c.params, &why)) &&
              measure_case(&c, image, mask, r, &why);
    call_end(&c);
    if (ok)
        *out = r;
    else
        radmill_result_destroy(r);
    return ok || api_fail(e, &why);
}

/* --- maps --- */

struct map_sink {
    const struct call *call;
    radmill_image_function *take;
    void *user;
};

static bool hand_over(void *user, int64_t number, const struct column *column,
                      const struct volume *map, struct err *e)
{
    (void)number;
    const struct map_sink *sink = user;
    char *name = outcome_name(column, e);
    if (!name)
        return false;
    const struct radmill_value about = {
        .size = sizeof about,
        .name = name,
        .image = column->image,
        .family = column->family->name,
        .feature = column->feature->name,
        .aggregation = column->aggregation,
        .code = column->feature->ibsi_code ? column->feature->ibsi_code : "",
        .unit = column->feature->unit ? column->feature->unit : "",
        .reason = "",
        .value = NAN,
    };
    struct radmill_image image = api_image(&map->grid, map->data);
    bool ok = (call_wanted(sink->call) && sink->take(sink->user, &about, &image)) ||
              err_set(e, ERR_INTERRUPTED, "interrupted by the caller");
    free(name);
    return ok;
}

bool radmill_maps(const struct radmill_params *p, const struct radmill_image *image,
                  const struct radmill_image *mask, const struct radmill_options *options,
                  radmill_image_function *take, void *user, struct radmill_result **out,
                  struct radmill_error *e)
{
    struct err why = {0};
    struct call c;
    struct rcase loaded = {0};
    struct radmill_result *r = NULL;
    struct map_sink to = {&c, take, user};
    const struct voxel_sink sink = {.user = &to, .take = hand_over};
    if (out)
        *out = NULL;
    bool ok = call_begin(&c, p, options, &why) && (r = outcome_create(&c.params, &why)) &&
              call_case(&c, image, mask, r->values.log, &loaded, &why) &&
              voxel_measure(&c.params, &loaded, r->values.log, call_observer(&c), &sink, &why) &&
              outcome_complete(r, &c.params, &why);
    rcase_free(&loaded);
    call_end(&c);
    if (ok && out)
        *out = r;
    else
        radmill_result_destroy(r);
    return ok || api_fail(e, &why);
}
