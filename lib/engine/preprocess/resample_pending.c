/* Holds the place of resample.c until that lands: a case that asks for resampling is refused. */
#include "engine/preprocess/resample.h"

#define PENDING __attribute__((weak))

PENDING bool resample_roi_inside(const struct label_mask *mask, const struct grid *image,
                                 struct err *e)
{
    (void)mask, (void)image;
    return err_set(e, ERR_REFUSED, "this build cannot resample");
}

PENDING bool resample_grid(const struct grid *image, const struct label_mask *mask,
                           const struct settings *s, struct grid *out, bool *same, struct err *e)
{
    (void)image, (void)mask, (void)s, (void)out, (void)same;
    return err_set(e, ERR_REFUSED, "this build cannot resample");
}

PENDING bool resample_image(const struct volume *in, const struct grid *to, enum interpolator how,
                            struct volume *out, struct err *e)
{
    (void)in, (void)to, (void)how, (void)out;
    return err_set(e, ERR_REFUSED, "this build cannot resample");
}

PENDING bool resample_mask(const struct label_mask *in, const struct grid *to,
                           struct label_mask *out, struct err *e)
{
    (void)in, (void)to, (void)out;
    return err_set(e, ERR_REFUSED, "this build cannot resample");
}
