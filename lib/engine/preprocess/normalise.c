#include "engine/preprocess/normalise.h"

#include <float.h>
#include <math.h>

/* Kahan's compensated sum, as ITK has it: of an image of one value the variance is round-off, which
 * decides between some constant and no value at all. */
struct sum {
    double total, excess;
};

static void sum_add(struct sum *s, double x)
{
    double wanted = x - s->excess, total = s->total + wanted;
    s->excess = (total - s->total) - wanted;
    s->total = total;
}

/* Adds the sum of one thread to the total, the compensation first. */
static double sum_total(const struct sum *s)
{
    struct sum all = {0};
    sum_add(&all, s->excess);
    sum_add(&all, s->total);
    return all.total;
}

static void mean_and_sd(const double *value, int64_t n, double *mean, double *sd)
{
    struct sum sum = {0}, squares = {0};
    for (int64_t i = 0; i < n; i++) {
        sum_add(&sum, value[i]);
        sum_add(&squares, value[i] * value[i]);
    }
    double s = sum_total(&sum), q = sum_total(&squares), count = (double)n;
    *mean = s / count;
    *sd = sqrt((q - s * s / count) / (count - 1));
}

bool normalise(const struct volume *image, const struct normalise_settings *s, struct volume *out,
               struct err *e)
{
    if (!volume_alloc(out, &image->grid, PIXEL_F64, e))
        return false;
    double *value = out->data, mean, sd;
    int64_t n = grid_voxels(&image->grid);
    struct box all = {.size = {image->grid.size[0], image->grid.size[1], image->grid.size[2]}};
    volume_read_box(image, &all, value);
    mean_and_sd(value, n, &mean, &sd);
    double shift = -mean, scale = 1 / sd;
    /* of an image of one value the deviation may be 0, the mean another value: ITK stays finite */
    double limit = s->has_remove_outliers ? s->remove_outliers : DBL_MAX;
    for (int64_t i = 0; i < n; i++) {
        double y = (value[i] + shift) * scale;
        y = y > limit ? limit : y < -limit ? -limit : y;
        value[i] = y * s->normalize_scale;
    }
    return true;
}
