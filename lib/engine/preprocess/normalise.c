#include "engine/preprocess/normalise.h"

#include <math.h>

/* Neumaier's compensated sum: the variance is a difference of two large sums. */
struct sum {
    double total, lost;
};

static void sum_add(struct sum *s, double x)
{
    double t = s->total + x;
    s->lost += fabs(s->total) >= fabs(x) ? (s->total - t) + x : (x - t) + s->total;
    s->total = t;
}

static void mean_and_sd(const double *value, int64_t n, double *mean, double *sd)
{
    struct sum sum = {0}, squares = {0};
    for (int64_t i = 0; i < n; i++) {
        sum_add(&sum, value[i]);
        sum_add(&squares, value[i] * value[i]);
    }
    double s = sum.total + sum.lost, q = squares.total + squares.lost, count = (double)n;
    *mean = s / count;
    *sd = sqrt((q - s * s / count) / (count - 1));
}

bool normalise(struct volume *image, const struct settings *s, struct err *e)
{
    struct volume out;
    if (!volume_alloc(&out, &image->grid, PIXEL_F64, e))
        return false;
    double *value = out.data, mean, sd;
    int64_t n = grid_voxels(&image->grid);
    struct box all = {.size = {image->grid.size[0], image->grid.size[1], image->grid.size[2]}};
    volume_read_box(image, &all, value);
    mean_and_sd(value, n, &mean, &sd);
    double shift = -mean, scale = 1 / sd;
    double limit = s->has_remove_outliers ? s->remove_outliers : INFINITY;
    for (int64_t i = 0; i < n; i++) {
        double y = (value[i] + shift) * scale;
        y = y > limit ? limit : y < -limit ? -limit : y;
        value[i] = y * s->normalize_scale;
    }
    volume_free(image);
    *image = out;
    return true;
}
