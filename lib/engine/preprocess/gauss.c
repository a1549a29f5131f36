/* Gaussian and label Gaussian interpolation (specification 3.5). */
#include "engine/preprocess/interpolate.h"

#include <math.h>

enum { MAX_TAPS = 9 };

/* Sum of the series for the lower incomplete gamma function with a = 1/2. */
static double lower_gamma_series(double u)
{
    double term = 2, sum = term;
    for (int i = 1; fabs(term) >= 3e-7 * fabs(sum); i++) {
        term *= u / (0.5 + i);
        sum += term;
    }
    return sum;
}

/* Continued fraction of the upper incomplete gamma function, by Lentz's method. */
static double upper_gamma_fraction(double u)
{
    const double floor_value = 1e-30;
    double b = u + 0.5, c = 1 / floor_value, d = 1 / b, h = d, factor = 0;
    for (int i = 1; fabs(factor - 1) >= 3e-7; i++) {
        double a = i * (0.5 - i);
        b += 2;
        d = a * d + b;
        d = fabs(d) < floor_value ? floor_value : d;
        c = b + a / c;
        c = fabs(c) < floor_value ? floor_value : c;
        d = 1 / d;
        factor = d * c;
        h *= factor;
    }
    return h;
}

static double log_gamma_half(void)
{
    const double x = 0.5;
    return log(2.50662827563479526904 + 225.525584619175212544 / x -
               268.295973841304927459 / (x + 1) + 80.9030806934622512966 / (x + 2) -
               5.00757863970517583837 / (x + 3) + 0.0114684895434781459556 / (x + 4)) +
           (x - 0.5) * log(x + 4.65) - (x + 4.65);
}

/* The error function with ITK's own error of up to 3e-8, which shows where weights cancel. */
static double coarse_erf(double x)
{
    double u = x * x;
    if (u == 0)
        return 0;
    double g = exp(-u + 0.5 * log(u) - log_gamma_half());
    double p = u < 1.5 ? g * lower_gamma_series(u) : 1 - g * upper_gamma_fraction(u);
    return copysign(p, x);
}

/* Of the kernel: sigma in units of the spacing, and where it is cut off, in sigmas. */
struct kernel {
    double sigma, alpha;
};
static const struct kernel gaussian = {0.8, 4}, label_gaussian = {1, 1};

struct taps {
    int n;
    double weight[MAX_TAPS];
    int64_t offset[MAX_TAPS];
};

/* In ITK's steps, through millimetres and from border to border of voxels: where two labels weigh
 * the same, the last digits decide which one it is. */
static struct taps taps_at(const struct samples *s, int axis, double c, const struct kernel *k)
{
    struct taps t = {.n = 0};
    double spacing_mm = s->spacing_mm[axis], sigma_mm = k->sigma * spacing_mm;
    double scale = 1 / (M_SQRT2 * sigma_mm / spacing_mm), cutoff = sigma_mm * k->alpha / spacing_mm;
    double first = fmax(0, floor(c + 0.5 - cutoff));
    double end = fmin((double)s->full[axis], ceil(c + 0.5 + cutoff));
    double border = (-0.5 - c + first) * scale, below = coarse_erf(border);
    for (double i = first; i < end && t.n < MAX_TAPS; i++) {
        border += scale;
        double above = coarse_erf(border);
        t.weight[t.n] = above - below;
        t.offset[t.n++] = samples_offset(s, axis, (int64_t)i);
        below = above;
    }
    return t;
}

struct neighbourhood {
    int n;
    double weight[MAX_TAPS * MAX_TAPS * MAX_TAPS], value[MAX_TAPS * MAX_TAPS * MAX_TAPS];
};

static void gather(const struct samples *s, const struct line_map *line, int64_t i,
                   const struct kernel *k, struct neighbourhood *out)
{
    struct taps t[3];
    for (int axis = 0; axis < 3; axis++) {
        if (axis < s->dims)
            t[axis] = taps_at(s, axis, line_map_at(line, i, axis), k);
        else
            t[axis] = (struct taps){.n = 1, .weight = {1}};
    }
    out->n = 0;
    for (int z = 0; z < t[2].n; z++)
        for (int y = 0; y < t[1].n; y++)
            for (int x = 0; x < t[0].n; x++) {
                out->value[out->n] = s->value[t[0].offset[x] + t[1].offset[y] + t[2].offset[z]];
                out->weight[out->n++] = t[0].weight[x] * t[1].weight[y] * t[2].weight[z];
            }
}

static void gaussian_line(const struct samples *s, const struct line_map *line, int64_t from,
                          int64_t n, double *out)
{
    for (int64_t i = 0; i < n; i++) {
        struct neighbourhood at;
        gather(s, line, from + i, &gaussian, &at);
        double sum = 0, weight = 0;
        for (int k = 0; k < at.n; k++) {
            sum += at.weight[k] * at.value[k];
            weight += at.weight[k];
        }
        out[i] = sum / weight;
    }
}

/* The value with the largest weight so far, as the neighbourhood is walked through. */
static double heaviest(const struct neighbourhood *at)
{
    double label[MAX_TAPS * MAX_TAPS * MAX_TAPS], weight[MAX_TAPS * MAX_TAPS * MAX_TAPS];
    int labels = 0, best = 0;
    label[0] = 0;
    for (int k = 0; k < at->n; k++) {
        int l = 0;
        while (l < labels && label[l] != at->value[k])
            l++;
        if (l == labels) {
            label[labels] = at->value[k];
            weight[labels++] = 0;
        }
        weight[l] += at->weight[k];
        if (weight[l] > weight[best])
            best = l;
    }
    return label[best];
}

static void label_gaussian_line(const struct samples *s, const struct line_map *line, int64_t from,
                                int64_t n, double *out)
{
    for (int64_t i = 0; i < n; i++) {
        struct neighbourhood at;
        gather(s, line, from + i, &label_gaussian, &at);
        out[i] = heaviest(&at);
    }
}

const struct interpolation interpolation_gauss[2] = {
    {INTERP_GAUSSIAN, 5, NULL, gaussian_line, NULL},
    {INTERP_LABEL_GAUSSIAN, 3, NULL, label_gaussian_line, NULL},
};
