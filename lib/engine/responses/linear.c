#include "engine/responses/linear.h"
#include "engine/responses/separable_response.h"

#include <math.h>

bool mean_response(const struct source *s, int support, const struct box *wanted, struct patch *out,
                   struct err *e)
{
    if (support > KERNEL_MAX)
        return err_set(e, ERR_REFUSED, "a mean over %d voxels: at most %d", support, KERNEL_MAX);
    struct kernel k = kernel_mean(support);
    struct separable filter;
    separable_single(&filter, &k, &k, &k);
    return separable_response(&filter, s, wanted, out, e);
}

/* Along one axis, in voxels: the Gaussian, and its second derivative. */
static bool gaussian_kernels(double sigma, double cutoff, struct kernel *gauss,
                             struct kernel *second, struct err *e)
{
    const double root_two_pi = 2.5066282746310005024;
    double reach = floor(cutoff * sigma + 0.5);
    if (!(reach <= KERNEL_MAX / 2))
        return err_set(e, ERR_REFUSED,
                       "a Gaussian of sigma %g voxels reaches %g voxels: at most %d", sigma, reach,
                       KERNEL_MAX / 2);
    int r = (int)reach;
    *gauss = *second = (struct kernel){.n = 2 * r + 1, .centre = r, .step = 1};
    for (int i = -r; i <= r; i++) {
        double x = i / sigma, g = exp(-0.5 * x * x) / (root_two_pi * sigma);
        gauss->weight[i + r] = g;
        second->weight[i + r] = -(1 - x * x) / (sigma * sigma) * g;
    }
    return true;
}

bool log_response(const struct source *s, double sigma_mm, double cutoff, const struct box *wanted,
                  struct patch *out, struct err *e)
{
    struct separable filter = {.levels = 1, .n_kernels = 6, .pooling = POOL_SUM};
    for (int a = 0; a < 3; a++)
        if (!gaussian_kernels(sigma_mm / s->image->grid.spacing_mm[a], cutoff, &filter.kernel[a],
                              &filter.kernel[3 + a], e))
            return false;
    for (int derived = s->dims - 1; derived >= 0; derived--) {
        struct separable_term *t = &filter.term[filter.n_terms++];
        t->sign = 1;
        for (int a = 0; a < 3; a++)
            t->kernel[0][a] = a == derived ? 3 + a : a;
    }
    return separable_response(&filter, s, wanted, out, e);
}

const struct laws_kernel laws_kernels[] = {
    {"L3", 3, {1, 2, 1}},         {"E3", 3, {-1, 0, 1}},        {"S3", 3, {-1, 2, -1}},
    {"L5", 5, {1, 4, 6, 4, 1}},   {"E5", 5, {-1, -2, 0, 2, 1}}, {"S5", 5, {-1, 0, 2, 0, -1}},
    {"W5", 5, {-1, 2, 0, -2, 1}}, {"R5", 5, {1, -4, 6, -4, 1}}, {NULL, 0, {0}},
};

static struct kernel unit_kernel(const struct laws_kernel *row)
{
    double squares = 0;
    for (int i = 0; i < row->n; i++)
        squares += row->weight[i] * row->weight[i];
    struct kernel k = kernel_of(row->weight, row->n);
    for (int i = 0; i < row->n; i++)
        k.weight[i] /= sqrt(squares);
    return k;
}

static void laws_filter(const struct laws *laws, int dims, struct separable *filter)
{
    struct kernel k[1][3];
    for (int a = 0; a < 3; a++)
        k[0][a] = unit_kernel(&laws_kernels[laws->kernel[a]]);
    if (laws->rotations)
        separable_rotations(filter, dims, 1, k, laws->pooling);
    else
        separable_single(filter, &k[0][0], &k[0][1], &k[0][2]);
}

bool laws_response(const struct source *s, const struct laws *laws, const struct box *wanted,
                   struct patch *out, struct err *e)
{
    struct separable filter, mean;
    laws_filter(laws, s->dims, &filter);
    if (laws->energy_distance == 0)
        return separable_response(&filter, s, wanted, out, e);
    int support = 2 * laws->energy_distance + 1;
    if (support > KERNEL_MAX)
        return err_set(e, ERR_REFUSED, "an energy over %d voxels: at most %d", support, KERNEL_MAX);
    struct kernel k = kernel_mean(support);
    struct border border = source_border(s);
    struct patch response;
    separable_single(&mean, &k, &k, &k);
    struct box reach = separable_reach(&mean, &border, s->dims, wanted);
    if (!separable_response(&filter, s, &reach, &response, e))
        return false;
    for (int64_t i = 0; i < box_voxels(&reach); i++)
        response.value[i] = fabs(response.value[i]);
    bool good = separable_of_patch(&mean, &response, &border, s->dims, wanted, out, e);
    patch_free(&response);
    return good;
}

bool wavelet_response(const struct source *s, const struct separable_wavelet *w,
                      const struct box *wanted, struct patch *out, struct err *e)
{
    struct kernel k[SEPARABLE_LEVELS][3];
    struct separable filter;
    for (int l = 0; l < w->level; l++)
        for (int a = 0; a < 3; a++) {
            bool high = l == w->level - 1 && w->high_pass[a];
            k[l][a] = kernel_of(high ? w->high : w->low, w->n);
            k[l][a].step = 1 << l;
        }
    if (w->rotations) {
        separable_rotations(&filter, s->dims, w->level, k, w->pooling);
        return separable_response(&filter, s, wanted, out, e);
    }
    filter = (struct separable){.levels = w->level, .n_terms = 1, .pooling = POOL_SUM};
    filter.term[0].sign = 1;
    for (int l = 0; l < w->level; l++)
        for (int a = 0; a < 3; a++) {
            filter.term[0].kernel[l][a] = filter.n_kernels;
            filter.kernel[filter.n_kernels++] = k[l][a];
        }
    return separable_response(&filter, s, wanted, out, e);
}
