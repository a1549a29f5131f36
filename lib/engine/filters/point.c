/* Point filters (specification 5.4): Square, SquareRoot, Logarithm, Exponential. All scale by m,
 * the maximum of |x| over the whole image, and yield float64. The order of operations is NumPy's,
 * since squares of integers can fall exactly on a bin edge. */
#include "engine/filters/single.h"

#include <math.h>

/* The box of the image, and m. */
static double read_box(const struct filter_input *in, struct response *out, double *value)
{
    volume_read_box(&in->view->image, &in->box, value);
    out->type = PIXEL_F64;
    return filter_max_abs(in);
}

static bool square(const struct filter_input *in, struct response *out, double *value,
                   struct err *e)
{
    (void)e;
    double c = 1 / sqrt(read_box(in, out, value));
    int64_t n = box_voxels(&in->box);
    for (int64_t i = 0; i < n; i++)
        value[i] = (c * value[i]) * (c * value[i]);
    return true;
}

static bool square_root(const struct filter_input *in, struct response *out, double *value,
                        struct err *e)
{
    (void)e;
    double m = read_box(in, out, value);
    int64_t n = box_voxels(&in->box);
    for (int64_t i = 0; i < n; i++) {
        double x = value[i], root = sqrt(fabs(x) * m);
        value[i] = x > 0 ? root : x < 0 ? -root : x;
    }
    return true;
}

/* x = 0 stays 0 before the scaling, whatever m is. The maximum of the logarithms is the logarithm
 * of the maximum. */
static bool logarithm(const struct filter_input *in, struct response *out, double *value,
                      struct err *e)
{
    (void)e;
    double m = read_box(in, out, value), scale = m / log(m + 1);
    int64_t n = box_voxels(&in->box);
    for (int64_t i = 0; i < n; i++)
        value[i] = copysign(log(fabs(value[i]) + 1), value[i]) * scale;
    return true;
}

static bool exponential(const struct filter_input *in, struct response *out, double *value,
                        struct err *e)
{
    (void)e;
    double m = read_box(in, out, value), c = log(m) / m;
    int64_t n = box_voxels(&in->box);
    for (int64_t i = 0; i < n; i++)
        value[i] = exp(c * value[i]);
    return true;
}

FILTER_SINGLE(filter_square, "square", square)
const struct filter filter_square = {.name = "Square",
                                     .summary = "squares, scaled to the largest value of the image",
                                     .halo = filter_halo_none,
                                     FILTER_SINGLE_ROW(filter_square)};

FILTER_SINGLE(filter_square_root, "squareroot", square_root)
const struct filter filter_square_root = {.name = "SquareRoot",
                                          .summary = "square roots that keep the sign, scaled",
                                          .halo = filter_halo_none,
                                          FILTER_SINGLE_ROW(filter_square_root)};

FILTER_SINGLE(filter_logarithm, "logarithm", logarithm)
const struct filter filter_logarithm = {.name = "Logarithm",
                                        .summary = "logarithms that keep the sign, scaled",
                                        .halo = filter_halo_none,
                                        FILTER_SINGLE_ROW(filter_logarithm)};

FILTER_SINGLE(filter_exponential, "exponential", exponential)
const struct filter filter_exponential = {.name = "Exponential",
                                          .summary = "exponentials, scaled",
                                          .halo = filter_halo_none,
                                          FILTER_SINGLE_ROW(filter_exponential)};
