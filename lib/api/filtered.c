/* The images that features are computed from. */
#include "api/call.h"

#include "base/mem.h"

#include <math.h>
#include <string.h>

/* The whole of an image as its ROI. */
static bool whole_case(const struct radmill_image *image, struct rcase *out, struct err *e)
{
    *out = (struct rcase){0};
    if (!call_volume(image, &out->image, e))
        return err_wrap(e, "image");
    return rcase_take_whole(out, e);
}

static bool give_all(const struct call *c, struct bank *bank, radmill_image_function *take,
                     void *user, struct err *e)
{
    struct response response;
    const struct image_settings *settings;
    bool more = true;
    for (;;) {
        if (!bank_next(bank, &response, &settings, &more, e))
            return false;
        if (!more)
            return true;
        const struct radmill_value about = {.size = sizeof about,
                                            .name = response.name,
                                            .image = response.name,
                                            .family = "",
                                            .feature = "",
                                            .aggregation = "",
                                            .code = "",
                                            .unit = "",
                                            .reason = "",
                                            .value = NAN};
        struct radmill_image image = api_image(&response.grid, response.value);
        if (!call_wanted(c) || !take(user, &about, &image))
            return err_set(e, ERR_INTERRUPTED, "interrupted by the caller");
    }
}

/* Responses of the whole image: a box that is wider than any image. */
static bool filter_view(const struct call *c, const struct roi_view *view,
                        radmill_image_function *take, void *user, struct err *e)
{
    const struct params *p = &c->params;
    struct bank *bank;
    if (!bank_create(view, p->image_type, p->n_image_types, INT32_MAX, &bank, e))
        return false;
    bool ok = give_all(c, bank, take, user, e);
    bank_destroy(bank);
    return ok;
}

bool radmill_filtered(const struct radmill_params *p, const struct radmill_image *image,
                      const struct radmill_image *mask, const struct radmill_options *options,
                      radmill_image_function *take, void *user, struct radmill_error *e)
{
    static preprocess_step *const none[] = {NULL};
    static const struct preprocess_rules as_it_is = {.step = none};
    struct err why = {0};
    struct call c;
    struct rcase loaded = {0};
    struct roi_view view;
    bool ok = call_begin(&c, p, options, &why) &&
              (mask ? call_case(&c, image, mask, NULL, &loaded, &why)
                    : whole_case(image, &loaded, &why)) &&
              preprocess(&loaded, mask ? c.params.profile->preprocess : &as_it_is,
                         &c.params.settings, NULL, NULL, &view, &why) &&
              filter_view(&c, &view, take, user, &why);
    rcase_free(&loaded);
    call_end(&c);
    return ok || api_fail(e, &why);
}
