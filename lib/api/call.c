#include "api/call.h"

#include "base/clock.h"
#include "base/mem.h"
#include "engine/load/label.h"
#include "engine/load/load.h"

#include <string.h>

_Static_assert((int)RADMILL_U8 == (int)PIXEL_U8 && (int)RADMILL_F64 == (int)PIXEL_F64,
               "the two lists of pixel types are one");

void api_read(void *to, const void *from, size_t bytes)
{
    size_t given = 0;
    memset(to, 0, bytes);
    if (!from)
        return;
    memcpy(&given, from, sizeof given);
    memcpy(to, from, given < bytes ? given : bytes);
}

void api_write(void *to, const void *from, size_t bytes)
{
    size_t given;
    memcpy(&given, to, sizeof given);
    size_t n = given < bytes ? given : bytes;
    if (n > sizeof given)
        memcpy((char *)to + sizeof given, (const char *)from + sizeof given, n - sizeof given);
}

bool api_fail(struct radmill_error *to, const struct err *from)
{
    struct radmill_error own = {.code = from->code ? (int)from->code : ERR_FAILED};
    memcpy(own.text, from->text, sizeof own.text);
    if (to)
        api_write(to, &own, sizeof own);
    return false;
}

/* --- the frame of a call --- */

bool call_wanted(const struct call *c)
{
    return !c->options.wanted || c->options.wanted(c->options.user);
}

static void take_message(void *user, enum log_level level, const char *text)
{
    const struct call *c = user;
    if (level > LOG_WARNING || !c->options.warning)
        return;
    call_wanted(c); /* a refusal is said again where the call can end */
    c->options.warning(c->options.user, text);
}

static bool tell(void *user, size_t done, size_t all, const char *image, const char *family)
{
    struct call *c = user;
    const struct radmill_options *o = &c->options;
    if (o->progress)
        return call_wanted(c) && o->progress(o->user, done, all, image, family);
    double now_s = o->wanted_ms > 0 ? clock_s() : 0;
    if (now_s < c->asked_s + 1e-3 * o->wanted_ms)
        return true;
    c->asked_s = now_s;
    return call_wanted(c);
}

/* Only the requested class, in place of all. */
static bool choose_family(struct call *c, struct err *e)
{
    const char *name = c->options.family;
    for (int i = 0; i < c->params.n_requests; i++)
        if (strcmp(c->params.request[i].family->name, name) == 0) {
            c->params.request += i;
            c->params.n_requests = 1;
            return true;
        }
    return err_set(e, ERR_USAGE, "the parameters have no class %.60s", name);
}

/* No preprocessing, and no image type but the first of the profile: the image itself. */
static void measure_as_it_is(struct call *c)
{
    static preprocess_step *const none[] = {NULL};
    static const struct preprocess_rules rules = {.step = none};
    struct params *p = &c->params;
    c->profile = *p->profile;
    c->profile.preprocess = &rules;
    c->original =
        (struct filter_request){.filter = p->profile->filters[0], .image = p->settings.image};
    for (int i = 0; i < p->n_image_types; i++)
        if (p->image_type[i].filter == c->original.filter)
            c->original = p->image_type[i];
    p->profile = &c->profile;
    p->image_type = &c->original;
    p->n_image_types = 1;
}

bool call_begin(struct call *c, const struct radmill_params *p,
                const struct radmill_options *options, struct err *e)
{
    *c = (struct call){0};
    api_read(&c->options, options, sizeof c->options);
    c->before = log_redirect((struct log_sink){take_message, c});
    if (!p)
        return err_set(e, ERR_USAGE, "no parameters");
    c->params = *p->p;
    if (c->options.progress || c->options.wanted)
        c->observer = (struct observer){c, tell};
    c->asked_s = c->options.wanted_ms > 0 ? clock_s() : 0;
    if (c->options.label)
        params_set_label(&c->params, c->options.label);
    if (c->options.no_diagnostics || c->options.as_it_is)
        c->params.settings.load.additional_info = false;
    if (c->options.as_it_is)
        measure_as_it_is(c);
    if (c->options.family && !choose_family(c, e))
        return false;
    return pool_create(c->options.threads ? c->options.threads : 1, &c->pool, e);
}

void call_end(struct call *c)
{
    pool_destroy(c->pool);
    log_redirect(c->before);
}

const struct observer *call_observer(const struct call *c)
{
    return c->observer.progress ? &c->observer : NULL;
}

/* --- images --- */

static struct grid grid_of(const struct radmill_image *in)
{
    struct grid g = grid_unit();
    g.dims = in->dims;
    memcpy(g.size, in->shape, sizeof g.size);
    memcpy(g.spacing_mm, in->spacing_mm, sizeof g.spacing_mm);
    memcpy(g.origin_mm, in->origin_mm, sizeof g.origin_mm);
    memcpy(g.direction, in->direction, sizeof g.direction);
    if (in->dims == 2) {
        static const int across[] = {2, 5, 6, 7};
        for (int i = 0; i < 4; i++)
            g.direction[across[i]] = 0;
        g.direction[8] = g.spacing_mm[2] = 1;
        g.origin_mm[2] = 0;
    }
    return g;
}

bool call_volume(const struct radmill_image *given, struct volume *out, struct err *e)
{
    struct radmill_image in;
    api_read(&in, given, sizeof in);
    *out = (struct volume){0};
    if (!in.voxels || in.pixel < RADMILL_U8 || in.pixel > RADMILL_F64 || in.components < 0)
        return err_set(e, ERR_USAGE, "no voxels, or voxels of no known type");
    if (in.dims == 2 && in.shape[2] != 1)
        return err_set(e, ERR_USAGE, "an image of two axes with %lld slices",
                       (long long)in.shape[2]);
    struct volume v = {.grid = grid_of(&in),
                       .type = (enum pixel_type)in.pixel,
                       .channels = in.components ? in.components : 1,
                       .data = (void *)in.voxels,
                       .borrowed = true};
    if (!grid_settle(&v.grid, e))
        return false;
    *out = v;
    return true;
}

struct radmill_image api_image(const struct grid *g, const double *voxels)
{
    struct radmill_image out = {.size = sizeof out,
                                .dims = g->dims,
                                .pixel = RADMILL_F64,
                                .components = 1,
                                .voxels = voxels};
    memcpy(out.shape, g->size, sizeof out.shape);
    memcpy(out.spacing_mm, g->spacing_mm, sizeof out.spacing_mm);
    memcpy(out.origin_mm, g->origin_mm, sizeof out.origin_mm);
    memcpy(out.direction, g->direction, sizeof out.direction);
    return out;
}

/* The image as it is given and the label of the mask, which has the same voxels. */
static bool case_as_it_is(const struct call *c, struct volume *image, struct volume *mask,
                          struct rcase *out, struct err *e)
{
    const struct load_settings *s = &c->params.settings.load;
    *out = (struct rcase){.image = *image, .pool = c->pool};
    if (image->channels != 1)
        return err_set(e, ERR_REFUSED, "the image has %d components a voxel, not one",
                       image->channels);
    if (memcmp(image->grid.size, mask->grid.size, sizeof image->grid.size) != 0 ||
        image->grid.dims != mask->grid.dims)
        return err_set(e, ERR_REFUSED, "image and mask differ in size");
    return label_channel(mask, s->label_channel, e) && label_find(mask, s->label, &out->mask, e);
}

bool call_case(const struct call *c, const struct radmill_image *image,
               const struct radmill_image *mask, struct snapshots *log, struct rcase *out,
               struct err *e)
{
    struct volume image_volume, mask_volume;
    *out = (struct rcase){.pool = c->pool};
    if (!call_volume(image, &image_volume, e))
        return err_wrap(e, "image");
    if (!call_volume(mask, &mask_volume, e))
        return err_wrap(e, "mask");
    bool ok = c->options.as_it_is ? case_as_it_is(c, &image_volume, &mask_volume, out, e)
                                  : load_from_volumes(&image_volume, &mask_volume, NULL,
                                                      &c->params.settings.load, log, out, e);
    volume_free(&mask_volume);
    return ok;
}
