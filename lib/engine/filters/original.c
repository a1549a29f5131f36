/* Original (specification 5.1): the image as it is. */
#include "engine/filters/single.h"

static bool original(const struct filter_input *in, struct response *out, double *value,
                     struct err *e)
{
    (void)e;
    volume_read_box(&in->view->image, &in->box, value);
    out->type = in->view->image.type;
    return true;
}

FILTER_SINGLE(filter_original, "original", original)

const struct filter filter_none = {.name = "none",
                                   .summary = "the image as it is",
                                   .changes_nothing = true,
                                   .halo = filter_halo_none,
                                   FILTER_SINGLE_ROW(filter_original)};

const struct filter filter_original = {.name = "Original",
                                       .summary = "the image as it is",
                                       .changes_nothing = true,
                                       .halo = filter_halo_none,
                                       FILTER_SINGLE_ROW(filter_original)};
