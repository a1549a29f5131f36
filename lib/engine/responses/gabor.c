#include "engine/responses/gabor.h"

#include "base/mem.h"
#include "engine/signal/fft.h"
#include "engine/signal/spectrum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

/* One plane of the image: its axes p and q, and the axis r across it. */
struct plane {
    int p, q, r;
};
static const struct plane planes[] = {{0, 1, 2}, {0, 2, 1}, {1, 2, 0}};

/* Slices of a plane are transformed in bunches of this many. */
enum { BUNCH = 4 };

struct work {
    const struct gabor *g;
    struct plane plane;
    double spacing[2];       /* of p and q, mm */
    int64_t reach[2];        /* of the kernel, voxels */
    struct spectrum *kernel; /* one for each angle, of one slice */
    struct patch *out;
    int *pooled; /* responses pooled so far */
};

/* Beyond this many sigmas the Gaussian is below 1e-16. */
static const double sigmas = 8.6;

int64_t gabor_reach(const struct gabor *g, double spacing_mm)
{
    return (int64_t)ceil(sigmas * g->sigma_mm * fmax(1, 1 / g->gamma) / spacing_mm);
}

static double weight_log(const struct gabor *g, double u, double v)
{
    return -(u * u + g->gamma * g->gamma * v * v) / (2 * g->sigma_mm * g->sigma_mm);
}

/* Index i of a transform's axis as the distance that it stands for. */
static int64_t wrapped(int64_t i, int64_t n)
{
    return i <= n / 2 ? i : i - n;
}

static void fill_kernel(const struct work *w, double angle, struct spectrum *k)
{
    double c = cos(angle), s = sin(angle);
    for (int64_t j = 0; j < k->size[1]; j++)
        for (int64_t i = 0; i < k->size[0]; i++) {
            int64_t di = wrapped(i, k->size[0]), dj = wrapped(j, k->size[1]);
            if (llabs(di) > w->reach[0] || llabs(dj) > w->reach[1])
                continue;
            double x = (double)di * w->spacing[0], y = (double)dj * w->spacing[1];
            double u = x * c + y * s, v = y * c - x * s;
            double a = exp(weight_log(w->g, u, v)), phase = 2 * pi * u / w->g->lambda_mm;
            k->re[j * k->size[0] + i] = a * cos(phase);
            k->im[j * k->size[0] + i] = a * sin(phase);
        }
}

static const bool in_plane[3] = {true, true, false};

static bool make_kernels(struct work *w, const int64_t size[2], struct err *e)
{
    const int64_t one[3] = {size[0], size[1], 1};
    w->kernel = mem_array((size_t)w->g->n_angles, sizeof *w->kernel, e);
    for (int i = 0; w->kernel && i < w->g->n_angles; i++) {
        if (!spectrum_alloc(&w->kernel[i], one, e))
            return false;
        fill_kernel(w, w->g->angle[i], &w->kernel[i]);
        if (!spectrum_forward(&w->kernel[i], in_plane, e))
            return false;
    }
    return w->kernel != NULL;
}

/* slices = image * kernel, slice by slice. */
static void multiply(const struct spectrum *image, const struct spectrum *kernel, int64_t n_slices,
                     struct spectrum *slices)
{
    int64_t n = image->size[0] * image->size[1];
    for (int64_t z = 0; z < n_slices; z++)
        for (int64_t i = 0; i < n; i++) {
            double a = image->re[z * n + i], b = image->im[z * n + i];
            slices->re[z * n + i] = a * kernel->re[i] - b * kernel->im[i];
            slices->im[z * n + i] = a * kernel->im[i] + b * kernel->re[i];
        }
}

static double pool_value(enum pooling how, double old, double value, bool first)
{
    if (first)
        return value;
    switch (how) {
    case POOL_MAX:
        return fmax(old, value);
    case POOL_MIN:
        return fmin(old, value);
    default:
        return old + value;
    }
}

/* The moduli of slices `from`... to the output. */
static void pool_slices(const struct work *w, const struct spectrum *s, int64_t from, int64_t n)
{
    const struct plane *a = &w->plane;
    int64_t sp = patch_stride(w->out, a->p), sq = patch_stride(w->out, a->q),
            sr = patch_stride(w->out, a->r);
    for (int64_t r = 0; r < n; r++)
        for (int64_t q = 0; q < w->out->box.size[a->q]; q++)
            for (int64_t p = 0; p < w->out->box.size[a->p]; p++) {
                int64_t i = (r * s->size[1] + q + w->reach[1]) * s->size[0] + p + w->reach[0];
                double *to = &w->out->value[(from + r) * sr + q * sq + p * sp];
                double modulus = sqrt(s->re[i] * s->re[i] + s->im[i] * s->im[i]);
                *to = pool_value(w->g->pooling, *to, modulus, *w->pooled == 0);
            }
}

/* Slices of the extended image, p fastest, with zeros up to the transform's size. */
static void load_slices(const struct work *w, const struct patch *in, int64_t from, int64_t n,
                        struct spectrum *s)
{
    const struct plane *a = &w->plane;
    size_t all = (size_t)(s->size[0] * s->size[1] * s->size[2]) * sizeof *s->re;
    memset(s->re, 0, all);
    memset(s->im, 0, all);
    for (int64_t r = 0; r < n; r++)
        for (int64_t q = 0; q < in->box.size[a->q]; q++)
            for (int64_t p = 0; p < in->box.size[a->p]; p++)
                s->re[(r * s->size[1] + q) * s->size[0] + p] =
                    in->value[(from + r) * patch_stride(in, a->r) + q * patch_stride(in, a->q) +
                              p * patch_stride(in, a->p)];
}

static bool filter_bunch(struct work *w, const struct patch *in, int64_t from, int64_t n,
                         struct spectrum *image, struct spectrum *slices, struct err *e)
{
    load_slices(w, in, from, n, image);
    if (!spectrum_forward(image, in_plane, e))
        return false;
    int before = *w->pooled;
    for (int i = 0; i < w->g->n_angles; i++) {
        multiply(image, &w->kernel[i], n, slices);
        if (!spectrum_backward(slices, in_plane, e))
            return false;
        pool_slices(w, slices, from, n);
        ++*w->pooled;
    }
    *w->pooled = before;
    return true;
}

static bool filter_slices(struct work *w, const struct patch *in, struct err *e)
{
    const struct plane *a = &w->plane;
    int64_t size[3] = {fft_good_length(in->box.size[a->p]), fft_good_length(in->box.size[a->q]),
                       BUNCH};
    struct spectrum image = {.re = NULL}, slices = {.re = NULL};
    bool good = make_kernels(w, size, e) && spectrum_alloc(&image, size, e) &&
                spectrum_alloc(&slices, size, e);
    int64_t n = in->box.size[a->r];
    for (int64_t from = 0; good && from < n; from += BUNCH)
        good = filter_bunch(w, in, from, n - from < BUNCH ? n - from : BUNCH, &image, &slices, e);
    for (int i = 0; w->kernel && i < w->g->n_angles; i++)
        spectrum_free(&w->kernel[i]);
    free(w->kernel);
    spectrum_free(&image);
    spectrum_free(&slices);
    *w->pooled += w->g->n_angles;
    return good;
}

/* The image on `wanted` and as far beyond it in the plane as the kernel reaches. */
static bool read_extended(const struct source *s, const struct work *w, const struct box *wanted,
                          struct patch *out, struct err *e)
{
    struct border border = source_border(s);
    struct box extended = *wanted, inside = *wanted;
    const int axes[2] = {w->plane.p, w->plane.q};
    for (int i = 0; i < 2; i++) {
        extended.lo[axes[i]] -= w->reach[i];
        extended.size[axes[i]] += 2 * w->reach[i];
        inside = border_source(&border, &inside, axes[i], w->reach[i], w->reach[i]);
    }
    struct patch read;
    if (!source_read(s, &inside, &read, e))
        return false;
    bool good = patch_extend(&read, &border, &extended, out, e);
    patch_free(&read);
    return good;
}

static bool filter_plane(const struct source *s, struct work *w, const struct box *wanted,
                         struct err *e)
{
    const int axes[2] = {w->plane.p, w->plane.q};
    for (int i = 0; i < 2; i++) {
        w->spacing[i] = s->image->grid.spacing_mm[axes[i]];
        w->reach[i] = gabor_reach(w->g, w->spacing[i]);
    }
    struct patch in;
    if (!read_extended(s, w, wanted, &in, e))
        return false;
    bool good = filter_slices(w, &in, e);
    patch_free(&in);
    return good;
}

/* The response of a real image at an angle and half a turn on are conjugates: their moduli are
 * equal, and where all angles come in such pairs one of each pair gives the same sum, mean and
 * extremes. */
static bool is_opposite(double a, double b)
{
    return fabs(fabs(remainder(a - b, 2 * pi)) - pi) < 1e-9;
}

static struct gabor without_opposites(const struct gabor *g)
{
    struct gabor half = *g;
    bool taken[GABOR_ANGLES] = {false};
    half.n_angles = 0;
    for (int i = 0; i < g->n_angles; i++) {
        int other = i + 1;
        if (taken[i])
            continue;
        while (other < g->n_angles && (taken[other] || !is_opposite(g->angle[i], g->angle[other])))
            other++;
        if (other == g->n_angles)
            return *g;
        taken[other] = true;
        half.angle[half.n_angles++] = g->angle[i];
    }
    return half;
}

bool gabor_response(const struct source *s, const struct gabor *g, const struct box *wanted,
                    struct patch *out, struct err *e)
{
    const struct gabor half = without_opposites(g);
    int pooled = 0;
    if (!patch_alloc(out, wanted, e))
        return false;
    for (int i = 0; i < (g->three_planes ? 3 : 1); i++) {
        struct work w = {.g = &half, .plane = planes[i], .out = out, .pooled = &pooled};
        if (!filter_plane(s, &w, wanted, e)) {
            patch_free(out);
            return false;
        }
    }
    double factor = g->pooling == POOL_MEAN  ? 1.0 / pooled
                    : g->pooling == POOL_SUM ? (double)g->n_angles / half.n_angles
                                             : 1;
    for (int64_t i = 0; i < box_voxels(wanted); i++)
        out->value[i] *= factor;
    return true;
}
