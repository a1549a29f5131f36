#include "engine/responses/spectral.h"

#include "base/mem.h"
#include "engine/signal/spectrum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

/* What a factor of the spectrum depends on along one axis, by the transform's index. */
struct axis {
    double *frequency;      /* -1..1 */
    double *gauss, *second; /* transforms of the Gaussian and of its second derivative */
};

struct work {
    const struct spectral *f;
    int dims;
    int64_t pad[3];
    struct box padded; /* of the image with its padding, in image indices */
    struct axis axis[3];
    double riesz_factor; /* sqrt(L! / (l1! l2! l3!)) */
    int64_t half[3];     /* frequencies without regard to sign; 1 along an axis that is not used */
    double *radial;      /* factors of a band alone, by such frequencies; NULL: see factor_at */
};

static double factorial(int n)
{
    double product = 1;
    for (int i = 2; i <= n; i++)
        product *= i;
    return product;
}

/* Element i of a transform stands, after its halves are exchanged, for place (i + n / 2) % n. */
static void fill_frequencies(struct axis *a, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t place = (i + n / 2) % n;
        a->frequency[i] = n == 1 ? 0.0 : (double)(2 * place - (n - 1)) / (double)(n - 1);
    }
}

static int64_t gauss_reach(const struct spectral *f, double sigma)
{
    return (int64_t)floor(f->cutoff * sigma + 0.5);
}

/* Transforms of symmetric kernels about 0: they are real. */
static void fill_gaussians(const struct spectral *f, double spacing_mm, struct axis *a, int64_t n)
{
    double sigma = f->sigma_mm / spacing_mm;
    int64_t reach = gauss_reach(f, sigma);
    for (int64_t k = 0; k < n; k++) {
        double g = 0, d = 0;
        for (int64_t i = -reach; i <= reach; i++) {
            double x = (double)i / sigma;
            double w = exp(-0.5 * x * x) / (sqrt(2 * pi) * sigma);
            double wave = cos(2 * pi * (double)(llabs(i) * k % n) / (double)n);
            g += w * wave;
            d -= (1 - x * x) / (sigma * sigma) * w * wave;
        }
        a->gauss[k] = g;
        a->second[k] = d;
    }
}

static bool prepare_axis(const struct source *s, struct work *w, int axis, struct err *e)
{
    struct axis *a = &w->axis[axis];
    size_t n = (size_t)w->padded.size[axis];
    a->frequency = mem_array(n, sizeof *a->frequency, e);
    a->gauss = mem_array(n, sizeof *a->gauss, e);
    a->second = mem_array(n, sizeof *a->second, e);
    if (!a->frequency || !a->gauss || !a->second)
        return false;
    fill_frequencies(a, (int64_t)n);
    if (w->f->band == BAND_LOG)
        fill_gaussians(w->f, s->image->grid.spacing_mm[axis], a, (int64_t)n);
    return true;
}

/* What is read: all of the image; in two dimensions all of the slices that are wanted. */
static struct box whole_of(const struct source *s, const struct box *wanted)
{
    struct box whole = source_whole(s);
    if (s->dims == 2) {
        whole.lo[2] = wanted->lo[2];
        whole.size[2] = wanted->size[2];
    }
    return whole;
}

static void plan_padding(const struct source *s, const struct box *wanted, struct work *w)
{
    w->padded = whole_of(s, wanted);
    for (int a = 0; a < w->dims; a++) {
        w->pad[a] = w->f->band == BAND_LOG
                        ? gauss_reach(w->f, w->f->sigma_mm / s->image->grid.spacing_mm[a])
                        : w->f->pad;
        w->padded.lo[a] -= w->pad[a];
        w->padded.size[a] += 2 * w->pad[a];
    }
}

static double shannon(double frequency, double highest)
{
    return frequency >= highest / 2 && frequency <= highest ? 1.0 : 0.0;
}

static double simoncelli(double frequency, double highest)
{
    if (frequency < highest / 4 || frequency > highest)
        return 0;
    return cos(pi / 2 * log2(2 * frequency / highest));
}

static double laplacian(const struct work *w, const int64_t k[3])
{
    double sum = 0;
    for (int derived = 0; derived < w->dims; derived++) {
        double product = 1;
        for (int a = 0; a < w->dims; a++)
            product *= a == derived ? w->axis[a].second[k[a]] : w->axis[a].gauss[k[a]];
        sum += product;
    }
    return sum;
}

/* The real part of the factor; with a Riesz transform of order L it is multiplied with (-i)^L. */
static double factor_at(const struct work *w, const int64_t k[3])
{
    const struct spectral *f = w->f;
    double squares = 0, riesz = w->riesz_factor;
    int order = 0;
    for (int a = 0; a < w->dims; a++) {
        double nu = w->axis[a].frequency[k[a]];
        squares += nu * nu;
        for (int i = 0; i < f->riesz[a]; i++)
            riesz *= nu;
        order += f->riesz[a];
    }
    double frequency = sqrt(squares), highest = ldexp(1, 1 - f->level);
    if (order > 0)
        riesz /= squares > 0 ? pow(frequency, order) : 1;
    switch (f->band) {
    case BAND_SHANNON:
        return riesz * shannon(frequency, highest);
    case BAND_SIMONCELLI:
        return riesz * simoncelli(frequency, highest);
    case BAND_LOG:
        return riesz * laplacian(w, k);
    default:
        return riesz;
    }
}

/* x = x * r * (-i)^order */
static void multiply(double *re, double *im, double r, int order)
{
    double a = *re * r, b = *im * r;
    switch (order % 4) {
    case 0:
        *re = a, *im = b;
        break;
    case 1:
        *re = b, *im = -a;
        break;
    case 2:
        *re = -a, *im = -b;
        break;
    default:
        *re = -b, *im = a;
        break;
    }
}

/* Frequency number k of an axis of n without its sign. */
static int64_t folded(int64_t k, int64_t n)
{
    int64_t place = (k + n / 2) % n;
    return place < n - 1 - place ? place : n - 1 - place;
}

/* A band without a Riesz transform depends on the squares of frequencies, of which there are half
 * as many along each axis. */
static bool make_radial(struct work *w, struct err *e)
{
    const int64_t *n = w->padded.size;
    int64_t at = 0, f[3], k[3] = {0, 0, 0};
    for (int a = 0; a < 3; a++)
        w->half[a] = a < w->dims ? (n[a] + 1) / 2 : 1;
    w->radial = mem_array((size_t)(w->half[0] * w->half[1] * w->half[2]), sizeof *w->radial, e);
    if (!w->radial)
        return false;
    for (f[2] = 0; f[2] < w->half[2]; f[2]++)
        for (f[1] = 0; f[1] < w->half[1]; f[1]++)
            for (f[0] = 0; f[0] < w->half[0]; f[0]++) {
                for (int a = 0; a < w->dims; a++)
                    k[a] = (f[a] + n[a] - n[a] / 2) % n[a];
                w->radial[at++] = factor_at(w, k);
            }
    return true;
}

static double radial_at(const struct work *w, const int64_t k[3])
{
    const int64_t *n = w->padded.size;
    int64_t z = w->dims == 3 ? folded(k[2], n[2]) : 0;
    return w->radial[(z * w->half[1] + folded(k[1], n[1])) * w->half[0] + folded(k[0], n[0])];
}

static void apply(const struct work *w, struct spectrum *s)
{
    int order = w->f->riesz[0] + w->f->riesz[1] + w->f->riesz[2];
    int64_t i = 0, k[3];
    for (k[2] = 0; k[2] < s->size[2]; k[2]++)
        for (k[1] = 0; k[1] < s->size[1]; k[1]++)
            for (k[0] = 0; k[0] < s->size[0]; k[0]++, i++)
                multiply(&s->re[i], &s->im[i], w->radial ? radial_at(w, k) : factor_at(w, k),
                         order);
}

static bool load(const struct source *s, const struct work *w, const struct box *wanted,
                 struct spectrum *out, struct err *e)
{
    struct border border = source_border(s);
    struct box whole = whole_of(s, wanted);
    struct patch read, extended;
    if (!source_read(s, &whole, &read, e))
        return false;
    bool good = patch_extend(&read, &border, &w->padded, &extended, e);
    patch_free(&read);
    if (!good || !spectrum_alloc(out, w->padded.size, e))
        return patch_free(&extended), false;
    memcpy(out->re, extended.value, (size_t)box_voxels(&w->padded) * sizeof *out->re);
    patch_free(&extended);
    return true;
}

static bool filter(const struct source *s, const struct work *w, const struct box *wanted,
                   struct patch *out, struct err *e)
{
    const bool axes[3] = {true, true, w->dims == 3};
    struct spectrum spectrum = {.re = NULL};
    bool good = load(s, w, wanted, &spectrum, e) && spectrum_forward(&spectrum, axes, e);
    if (good) {
        apply(w, &spectrum);
        int64_t lo[3];
        for (int a = 0; a < 3; a++)
            lo[a] = wanted->lo[a] - w->padded.lo[a];
        good = spectrum_backward_part(&spectrum, axes, lo, wanted->size, e) &&
               patch_alloc(out, wanted, e);
    }
    if (good) {
        const struct patch whole = {w->padded, spectrum.re};
        patch_read(&whole, wanted, out->value);
    }
    spectrum_free(&spectrum);
    return good;
}

bool spectral_response(const struct source *s, const struct spectral *f, const struct box *wanted,
                       struct patch *out, struct err *e)
{
    struct work w = {.f = f, .dims = s->dims};
    int order = f->riesz[0] + f->riesz[1] + f->riesz[2];
    w.riesz_factor = sqrt(factorial(order) / factorial(f->riesz[0]) / factorial(f->riesz[1]) /
                          factorial(f->riesz[2]));
    plan_padding(s, wanted, &w);
    bool good = true;
    for (int a = 0; good && a < s->dims; a++)
        good = prepare_axis(s, &w, a, e);
    if (good && order == 0 && f->band != BAND_LOG)
        good = make_radial(&w, e);
    good = good && filter(s, &w, wanted, out, e);
    free(w.radial);
    for (int a = 0; a < 3; a++) {
        free(w.axis[a].frequency);
        free(w.axis[a].gauss);
        free(w.axis[a].second);
    }
    return good;
}
