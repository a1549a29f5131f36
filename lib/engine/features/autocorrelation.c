#include "engine/features/autocorrelation.h"

#include "engine/signal/fft.h"
#include "engine/signal/spectrum.h"

#include <math.h>

/* `pair` carries two real arrays as one complex one: the mask and the deviations from the mean;
 * `other` the weights of displacements and the squared deviations. */
struct work {
    struct spectrum pair, other;
    double n, squares; /* voxels; sum of squared deviations */
};

static double mean_inside(const double *value, const uint8_t *mask, int64_t n, double *count)
{
    double sum = 0, first = 0;
    *count = 0;
    for (int64_t i = 0; i < n; i++)
        if (mask[i]) {
            if (*count == 0)
                first = value[i];
            sum += value[i] - first;
            ++*count;
        }
    return first + sum / *count;
}

static void load(const double *value, const uint8_t *mask, const int64_t size[3], struct work *w)
{
    int64_t i = 0;
    double mean = mean_inside(value, mask, size[0] * size[1] * size[2], &w->n);
    for (int64_t z = 0; z < size[2]; z++)
        for (int64_t y = 0; y < size[1]; y++)
            for (int64_t x = 0; x < size[0]; x++, i++) {
                if (!mask[i])
                    continue;
                int64_t to = (z * w->pair.size[1] + y) * w->pair.size[0] + x;
                double d = value[i] - mean;
                w->pair.re[to] = 1;
                w->pair.im[to] = d;
                w->other.im[to] = d * d;
                w->squares += d * d;
            }
}

static double displacement_mm(int64_t i, int64_t n, double spacing_mm)
{
    return (double)(i <= n - i ? i : n - i) * spacing_mm;
}

static void load_weights(const double spacing_mm[3], struct spectrum *s)
{
    int64_t i = 0;
    for (int64_t z = 0; z < s->size[2]; z++)
        for (int64_t y = 0; y < s->size[1]; y++)
            for (int64_t x = 0; x < s->size[0]; x++, i++) {
                double dx = displacement_mm(x, s->size[0], spacing_mm[0]);
                double dy = displacement_mm(y, s->size[1], spacing_mm[1]);
                double dz = displacement_mm(z, s->size[2], spacing_mm[2]);
                double squared = dx * dx + dy * dy + dz * dz;
                s->re[i] = squared > 0 ? 1 / sqrt(squared) : 0;
            }
}

/* Sums over all ordered pairs of voxels: weights, weighted products of deviations, weighted
 * squares of the first one's deviation. */
struct pair_sums {
    double weight, product, square;
};

static int64_t opposite(int64_t k, int64_t n)
{
    return k ? n - k : 0;
}

/* The transforms of two real arrays that were transformed as one complex: of the real parts
 * (a + i b) and of the imaginary parts (c + i d). */
struct unpacked {
    double a, b, c, d;
};
static struct unpacked unpack(const struct spectrum *s, int64_t k, int64_t minus_k)
{
    return (struct unpacked){0.5 * (s->re[k] + s->re[minus_k]), 0.5 * (s->im[k] - s->im[minus_k]),
                             0.5 * (s->im[k] + s->im[minus_k]), 0.5 * (s->re[minus_k] - s->re[k])};
}

static struct pair_sums sum_pairs(const struct work *w)
{
    const int64_t *n = w->pair.size;
    struct pair_sums sums = {0, 0, 0};
    for (int64_t z = 0; z < n[2]; z++)
        for (int64_t y = 0; y < n[1]; y++)
            for (int64_t x = 0; x < n[0]; x++) {
                int64_t k = (z * n[1] + y) * n[0] + x;
                int64_t minus_k =
                    (opposite(z, n[2]) * n[1] + opposite(y, n[1])) * n[0] + opposite(x, n[0]);
                struct unpacked p = unpack(&w->pair, k, minus_k), q = unpack(&w->other, k, minus_k);
                sums.weight += q.a * (p.a * p.a + p.b * p.b);
                sums.product += q.a * (p.c * p.c + p.d * p.d);
                sums.square += q.a * (q.c * p.a + q.d * p.b);
            }
    double all = (double)(n[0] * n[1] * n[2]);
    return (struct pair_sums){sums.weight / all, sums.product / all, sums.square / all};
}

static struct autocorrelation conclude(const struct work *w)
{
    struct pair_sums s = sum_pairs(w);
    if (w->n < 2 || w->squares == 0)
        return (struct autocorrelation){NAN, NAN};
    return (struct autocorrelation){w->n / s.weight * s.product / w->squares,
                                    (w->n - 1) / s.weight * (s.square - s.product) / w->squares};
}

bool autocorrelation_measure(const double *value, const uint8_t *mask, const int64_t size[3],
                             const double spacing_mm[3], struct autocorrelation *out, struct err *e)
{
    struct work w = {.n = 0};
    int64_t padded[3];
    const bool axes[3] = {true, true, true};
    for (int a = 0; a < 3; a++)
        padded[a] = fft_good_length(2 * size[a] - 1);
    bool good = spectrum_alloc(&w.pair, padded, e) && spectrum_alloc(&w.other, padded, e);
    if (good) {
        load(value, mask, size, &w);
        load_weights(spacing_mm, &w.other);
        good = spectrum_forward(&w.pair, axes, e) && spectrum_forward(&w.other, axes, e);
    }
    if (good)
        *out = conclude(&w);
    spectrum_free(&w.pair);
    spectrum_free(&w.other);
    return good;
}
