#include "engine/params/hopeless.h"

#include "engine/filters/wavelet_bank.h"

#include <math.h>
#include <string.h>

static bool wants(const struct params *p, const char *family)
{
    for (int i = 0; i < p->n_requests; i++)
        if (strcmp(p->request[i].family->name, family) == 0)
            return true;
    return false;
}

static bool range_length(const struct params *p, const struct filter_request *image)
{
    (void)image;
    int n = p->settings.resegment_range.n;
    return !p->settings.has_resegment_range || n == 1 || n == 2;
}

static bool spacing_length(const struct params *p, const struct filter_request *image)
{
    (void)image;
    const struct settings *s = &p->settings;
    int n = s->resampled_pixel_spacing.n;
    return !s->has_resampled_pixel_spacing || s->interpolator == INTERP_NONE || n == 2 || n == 3;
}

static bool some_distance(const struct params *p, const struct filter_request *image)
{
    return image->settings.distances.n > 0 ||
           !(wants(p, "glcm") || wants(p, "gldm") || wants(p, "ngtdm"));
}

/* Shape alone has no bins. */
static bool finite_width(const struct params *p, const struct filter_request *image)
{
    const struct settings *s = &image->settings;
    bool bins = false;
    for (int i = 0; i < p->n_requests; i++)
        bins |= p->request[i].family->tap != TAP_SHAPE;
    return isfinite(s->bin_width) || s->has_bin_count || !bins;
}

static bool is_type(const struct filter_request *image, const char *name)
{
    return strcmp(image->filter->name, name) == 0;
}

static bool discrete_wavelet(const struct params *p, const struct filter_request *image)
{
    (void)p;
    struct wavelet unused;
    return !is_type(image, "Wavelet") || wavelet_find(image->settings.wavelet, &unused);
}

static bool two_levels(const struct params *p, const struct filter_request *image)
{
    (void)p;
    return !is_type(image, "LBP3D") || image->settings.lbp3d_levels > 1;
}

static const struct {
    const char *key, *wanted;
    bool (*holds)(const struct params *p, const struct filter_request *image);
} rules[] = {
    {"resegmentRange", "have one or two values", range_length},
    {"resampledPixelSpacing", "have one value for each axis", spacing_length},
    {"distances", "not be empty for glcm, gldm and ngtdm", some_distance},
    {"binWidth", "be finite", finite_width},
    {"wavelet", "be a discrete wavelet (coif1, db4, bior2.2, ...)", discrete_wavelet},
    {"lbp3DLevels", "be more than 1: it aborts every case, in pyradiomics too", two_levels},
};

const struct key *hopeless_key(const struct params *p, const char **wanted)
{
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        for (int i = 0; i < p->n_image_types; i++) {
            if (rules[r].holds(p, &p->image_type[i]))
                continue;
            *wanted = rules[r].wanted;
            return key_find(rules[r].key, false);
        }
    }
    return NULL;
}
