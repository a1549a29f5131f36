/* Windowed sinc interpolation of radius 5 (specification 3.5). */
#include "engine/preprocess/interpolate.h"

#include <math.h>

enum { RADIUS = 5, TAPS = 2 * RADIUS };

typedef double window_fn(double x);

static double hamming(double x)
{
    return 0.54 + 0.46 * cos(x * (M_PI / RADIUS));
}

static double cosine(double x)
{
    return cos(x * (M_PI / (2 * RADIUS)));
}

static double welch(double x)
{
    return 1 - (1.0 / (RADIUS * RADIUS)) * x * x;
}

static double lanczos(double x)
{
    double z = x * (M_PI / RADIUS);
    return z == 0 ? 1 : sin(z) / z;
}

static double blackman(double x)
{
    return 0.42 + 0.5 * cos(x * (M_PI / RADIUS)) + 0.08 * cos(x * (2 * M_PI / RADIUS));
}

static double sinc(double x)
{
    double z = M_PI * x;
    return x == 0 ? 1 : sin(z) / z;
}

/* Weights and offsets of the taps of one axis. */
struct taps {
    int n;
    double weight[TAPS];
    int64_t offset[TAPS];
};

static struct taps taps_at(const struct samples *s, int axis, double c, window_fn *window)
{
    struct taps t = {.n = TAPS};
    double base = floor(c), part = c - base;
    double x = part + RADIUS;
    for (int i = 0; i < TAPS; i++) {
        x -= 1;
        int64_t at = (int64_t)base - RADIUS + 1 + i, last = s->full[axis] - 1;
        t.offset[i] = samples_offset(s, axis, at < 0 ? 0 : at > last ? last : at);
        if (part == 0)
            t.weight[i] = i == RADIUS - 1;
        else
            t.weight[i] = window(x) * sinc(x);
    }
    return t;
}

static double sinc_at(const struct samples *s, const double c[3], window_fn *window)
{
    struct taps t[3];
    for (int axis = 0; axis < 3; axis++) {
        if (axis < s->dims)
            t[axis] = taps_at(s, axis, c[axis], window);
        else
            t[axis] = (struct taps){.n = 1, .weight = {1}};
    }
    double sum = 0;
    for (int z = 0; z < t[2].n; z++)
        for (int y = 0; y < t[1].n; y++)
            for (int x = 0; x < t[0].n; x++) {
                double v = s->value[t[0].offset[x] + t[1].offset[y] + t[2].offset[z]];
                sum += ((v * t[0].weight[x]) * t[1].weight[y]) * t[2].weight[z];
            }
    return sum;
}

static void sinc_line(const struct samples *s, const struct line_map *line, int64_t from, int64_t n,
                      double *out, window_fn *window)
{
    for (int64_t i = 0; i < n; i++) {
        double c[3];
        for (int axis = 0; axis < 3; axis++)
            c[axis] = line_map_at(line, from + i, axis);
        out[i] = sinc_at(s, c, window);
    }
}

#define SINC_LINE(window)                                                                          \
    static void window##_line(const struct samples *s, const struct line_map *line, int64_t from,  \
                              int64_t n, double *out)                                              \
    {                                                                                              \
        sinc_line(s, line, from, n, out, window);                                                  \
    }
SINC_LINE(hamming)
SINC_LINE(cosine)
SINC_LINE(welch)
SINC_LINE(lanczos)
SINC_LINE(blackman)

const struct interpolation interpolation_sinc[5] = {
    {INTERP_HAMMING_SINC, RADIUS + 1, NULL, hamming_line, NULL},
    {INTERP_COSINE_SINC, RADIUS + 1, NULL, cosine_line, NULL},
    {INTERP_WELCH_SINC, RADIUS + 1, NULL, welch_line, NULL},
    {INTERP_LANCZOS_SINC, RADIUS + 1, NULL, lanczos_line, NULL},
    {INTERP_BLACKMAN_SINC, RADIUS + 1, NULL, blackman_line, NULL},
};
