#include "engine/responses/gabor.h"

#include "engine/responses/gabor_slice.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/* One plane of the image: its axes p and q, and the axis r across it. */
struct plane {
    int p, q, r;
};
static const struct plane planes[] = {{0, 1, 2}, {0, 2, 1}, {1, 2, 0}};

struct work {
    const struct gabor *g;
    struct plane plane;
    double spacing[2]; /* of p and q, mm */
    int64_t reach[2];  /* of the kernel, voxels */
    struct patch *out;
    bool is_first; /* nothing is pooled yet */
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

/* The kernel at an angle. */
struct turned {
    const struct work *w;
    double c, s; /* cosine and sine */
};

static void kernel_value(const void *context, int64_t dp, int64_t dq, double *re, double *im)
{
    const struct turned *t = context;
    double x = (double)dp * t->w->spacing[0], y = (double)dq * t->w->spacing[1];
    double u = x * t->c + y * t->s, v = y * t->c - x * t->s;
    double a = exp(weight_log(t->w->g, u, v)), phase = 2 * pi * u / t->w->g->lambda_mm;
    *re = a * cos(phase);
    *im = a * sin(phase);
}

static bool filter_slices(const struct work *w, const struct patch *in, struct err *e)
{
    const struct plane *a = &w->plane;
    struct patch *out = w->out;
    const int64_t wanted[2] = {out->box.size[a->p], out->box.size[a->q]};
    const int64_t from[2] = {patch_stride(in, a->p), patch_stride(in, a->q)};
    const int64_t to[2] = {patch_stride(out, a->p), patch_stride(out, a->q)};
    struct slice_filter *f;
    if (!slice_filter_create(wanted, w->reach, w->g->n_angles, &f, e))
        return false;
    for (int i = 0; i < w->g->n_angles; i++) {
        const struct turned t = {w, cos(w->g->angle[i]), sin(w->g->angle[i])};
        slice_filter_kernel(f, i, kernel_value, &t);
    }
    for (int64_t r = 0; r < in->box.size[a->r]; r++) {
        slice_filter_load(f, in->value + r * patch_stride(in, a->r), from);
        slice_filter_pool(f, w->g->pooling, w->is_first, out->value + r * patch_stride(out, a->r),
                          to);
    }
    slice_filter_destroy(f);
    return true;
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
    const int n_planes = g->three_planes ? 3 : 1;
    if (!patch_alloc(out, wanted, e))
        return false;
    for (int i = 0; i < n_planes; i++) {
        struct work w = {.g = &half, .plane = planes[i], .out = out, .is_first = i == 0};
        if (!filter_plane(s, &w, wanted, e)) {
            patch_free(out);
            return false;
        }
    }
    double factor = g->pooling == POOL_MEAN  ? 1.0 / (half.n_angles * n_planes)
                    : g->pooling == POOL_SUM ? (double)g->n_angles / half.n_angles
                                             : 1;
    for (int64_t i = 0; i < box_voxels(wanted); i++)
        out->value[i] *= factor;
    return true;
}
