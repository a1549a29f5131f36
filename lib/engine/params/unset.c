#include "engine/params/unset.h"

#include <string.h>

/* Does preprocessing, which has no settings by image type, use the value? */
static bool used_by_case(const struct key *k, const struct settings *s, bool voxel)
{
    switch (k->use) {
    case USE_NORMALIZE:
        return s->normalize;
    case USE_PADDING:
        return s->pre_crop || (s->has_resampled_pixel_spacing && s->interpolator != INTERP_NONE);
    case USE_RESEGMENT:
        return s->has_resegment_range;
    case USE_VOXEL:
        return voxel;
    default:
        return false;
    }
}

static bool used_by_image(const struct key *k, const struct filter_request *image)
{
    if (k->use == USE_WIDTH)
        return !image->settings.has_bin_count;
    return k->use == USE_FILTER && strcmp(k->filter, image->filter->name) == 0;
}

const struct key *unset_but_used(const struct params *p, bool voxel)
{
    for (const struct key *k = keys; k->name; k++) {
        if ((p->settings.unset & key_bit(k)) && used_by_case(k, &p->settings, voxel))
            return k;
        for (int i = 0; i < p->n_image_types; i++)
            if ((p->image_type[i].settings.unset & key_bit(k)) &&
                used_by_image(k, &p->image_type[i]))
                return k;
    }
    return NULL;
}
