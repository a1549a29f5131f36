/* Images through a function, with libradmill: the filtered images that features are computed from,
 * maps of features, and one class on an image as it is.
 *
 *     cc images.c $(pkg-config --cflags --libs radmill) -lm -o images && ./images
 */
#include "ball.h"

#include <stdio.h>

/* Prints the mean of what is no NaN. */
static bool take(void *user, const struct radmill_value *about, const struct radmill_image *image)
{
    const double *voxel = image->voxels;
    int64_t n = image->shape[0] * image->shape[1] * image->shape[2], finite = 0;
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        if (isfinite(voxel[i])) {
            sum += voxel[i];
            finite++;
        }
    printf("%s %s: %lld x %lld x %lld voxels, mean %.6g\n", (const char *)user, about->name,
           (long long)image->shape[0], (long long)image->shape[1], (long long)image->shape[2],
           finite ? sum / (double)finite : 0);
    return true;
}

static struct radmill_params *params_of(const char *text, bool voxel_mode)
{
    struct radmill_error why = RADMILL_INIT(radmill_error);
    struct radmill_source source = RADMILL_INIT(radmill_source);
    struct radmill_params *params;
    source.text = text;
    source.voxel_mode = voxel_mode;
    if (!radmill_params_create(&source, &params, &why))
        fprintf(stderr, "images: %s\n", why.text);
    return params;
}

/* pyradiomics' RadiomicsGLCM(image, mask) and its like. */
static bool one_class(const struct ball *ball)
{
    struct radmill_options options = RADMILL_INIT(radmill_options);
    struct radmill_params *params = params_of("setting: {binWidth: 10}", false);
    struct radmill_result *result = NULL;
    options.as_it_is = true;
    options.family = "glcm";
    bool ok = params && radmill_measure(params, &ball->image, &ball->mask, &options, &result, NULL);
    printf("glcm: %zu features\n", radmill_result_count(result));
    radmill_result_destroy(result);
    radmill_params_destroy(params);
    return ok;
}

int main(void)
{
    struct ball ball = ball_make();
    struct radmill_params *filters =
        params_of("imageType: {Original: {}, LoG: {sigma: [3]}, Wavelet: {}}", false);
    struct radmill_params *maps = params_of("featureClass: {firstorder: [Mean], glcm: [Id]}", true);
    bool ok = filters && maps &&
              radmill_filtered(filters, &ball.image, &ball.mask, NULL, take, "image", NULL) &&
              radmill_maps(maps, &ball.image, &ball.mask, NULL, take, "map", NULL, NULL) &&
              one_class(&ball);
    radmill_params_destroy(filters);
    radmill_params_destroy(maps);
    return ok ? 0 : 1;
}
