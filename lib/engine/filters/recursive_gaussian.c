#include "engine/filters/recursive_gaussian.h"

#include <math.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Deriche's fit: two damped waves with frequencies W and decays L; amplitudes for the smoothing and
 * for the second derivative. */
static const double W1 = 0.6681, L1 = -1.3932, W2 = 2.0787, L2 = -1.3732;
static const struct {
    double a1, b1, a2, b2;
} smoothing = {1.3530, 1.8151, -0.3531, 0.0902}, second = {-1.3563, 5.2318, 0.3446, -2.2355};

/* Numerator of a pair of amplitudes with its sum and first two moments. */
struct numerator {
    double n[4], sum, first, moment2;
};

struct waves {
    double c1, c2, s1, s2, e1, e2;
};

static struct waves waves_at(double s)
{
    return (struct waves){cos(W1 / s), cos(W2 / s), sin(W1 / s),
                          sin(W2 / s), exp(L1 / s), exp(L2 / s)};
}

static void add_moments(struct numerator *n)
{
    n->sum = n->n[0] + n->n[1] + n->n[2] + n->n[3];
    n->first = n->n[1] + 2 * n->n[2] + 3 * n->n[3];
    n->moment2 = n->n[1] + 4 * n->n[2] + 9 * n->n[3];
}

static struct numerator numerator(const struct waves *w, double a1, double b1, double a2, double b2)
{
    struct numerator r;
    r.n[0] = a1 + a2;
    r.n[1] = w->e2 * (b2 * w->s2 - (a2 + 2 * a1) * w->c2);
    r.n[1] += w->e1 * (b1 * w->s1 - (a1 + 2 * a2) * w->c1);
    r.n[2] = (a1 + a2) * w->c2 * w->c1;
    r.n[2] -= b1 * w->c2 * w->s1 + b2 * w->c1 * w->s2;
    r.n[2] *= 2 * w->e1 * w->e2;
    r.n[2] += a2 * w->e1 * w->e1 + a1 * w->e2 * w->e2;
    r.n[3] = w->e2 * w->e1 * w->e1 * (b2 * w->s2 - a2 * w->c2);
    r.n[3] += w->e1 * w->e2 * w->e2 * (b1 * w->s1 - a1 * w->c1);
    add_moments(&r);
    return r;
}

struct denominator {
    double d[4], sum, first, moment2;
};

static struct denominator denominator(const struct waves *w)
{
    struct denominator r;
    r.d[3] = w->e1 * w->e1 * w->e2 * w->e2;
    r.d[2] = -2 * w->c1 * w->e1 * w->e2 * w->e2;
    r.d[2] += -2 * w->c2 * w->e2 * w->e1 * w->e1;
    r.d[1] = 4 * w->c2 * w->c1 * w->e1 * w->e2;
    r.d[1] += w->e1 * w->e1 + w->e2 * w->e2;
    r.d[0] = -2 * (w->e2 * w->c2 + w->e1 * w->c1);
    r.sum = 1.0 + r.d[0] + r.d[1] + r.d[2] + r.d[3];
    r.first = r.d[0] + 2 * r.d[1] + 3 * r.d[2] + 4 * r.d[3];
    r.moment2 = r.d[0] + 4 * r.d[1] + 9 * r.d[2] + 16 * r.d[3];
    return r;
}

/* Unit gain: the two-sided sum of the smoothing is 1. */
static double smoothing_gain(const struct numerator *n, const struct denominator *d)
{
    return 1.0 / (2 * n->sum / d->sum - n->n[0]);
}

/* Removes the response to a constant from n2 (by a share of the smoothing), and returns the factor
 * that makes its response to x^2 / 2 equal to sigma^2. */
static double second_gain(struct numerator *n2, const struct numerator *n0,
                          const struct denominator *d, double sigma_mm)
{
    double beta = -(2 * n2->sum - d->sum * n2->n[0]) / (2 * n0->sum - d->sum * n0->n[0]);
    for (int k = 0; k < 4; k++)
        n2->n[k] += beta * n0->n[k];
    n2->sum += beta * n0->sum;
    n2->first += beta * n0->first;
    n2->moment2 += beta * n0->moment2;
    double alpha = n2->moment2 * d->sum * d->sum - d->moment2 * n2->sum * d->sum -
                   2 * n2->first * d->first * d->sum + 2 * d->first * d->first * n2->sum;
    alpha /= d->sum * d->sum * d->sum;
    return sigma_mm * sigma_mm / alpha;
}

/* The backward half mirrors the forward one; at the ends the line continues as its edge sample. */
static struct recursive_gaussian completed(const double n[4], const struct denominator *d)
{
    struct recursive_gaussian g;
    memcpy(g.n, n, sizeof g.n);
    memcpy(g.d, d->d, sizeof g.d);
    for (int k = 0; k < 3; k++)
        g.m[k] = g.n[k + 1] - g.d[k] * g.n[0];
    g.m[3] = -g.d[3] * g.n[0];
    double sum_n = g.n[0] + g.n[1] + g.n[2] + g.n[3];
    double sum_m = g.m[0] + g.m[1] + g.m[2] + g.m[3];
    double sum_d = 1.0 + g.d[0] + g.d[1] + g.d[2] + g.d[3];
    for (int k = 0; k < 4; k++) {
        g.bn[k] = g.d[k] * sum_n / sum_d;
        g.bm[k] = g.d[k] * sum_m / sum_d;
    }
    return g;
}

struct recursive_gaussian recursive_gaussian(int order, double sigma_mm, double spacing_mm)
{
    struct waves w = waves_at(sigma_mm / spacing_mm);
    struct denominator d = denominator(&w);
    struct numerator n0 = numerator(&w, smoothing.a1, smoothing.b1, smoothing.a2, smoothing.b2);
    struct numerator n = n0;
    double gain;
    if (order == 0) {
        gain = smoothing_gain(&n0, &d);
    } else {
        n = numerator(&w, second.a1, second.b1, second.a2, second.b2);
        gain = second_gain(&n, &n0, &d, sigma_mm);
    }
    for (int k = 0; k < 4; k++)
        n.n[k] *= gain;
    return completed(n.n, &d);
}

int64_t recursive_gaussian_reach(double sigma_mm, double spacing_mm)
{
    double samples = ceil(-53 * M_LN2 / L2 * sigma_mm / spacing_mm) + 4; /* x of the recursion */
    return samples < 1e15 ? (int64_t)samples : INT64_MAX;
}

#define NAME(x) pair_##x
#define LANES   2
#define TARGET
#define WIDEN(v, type)  __builtin_convertvector(v, type)
#define NARROW(v, type) __builtin_convertvector(v, type)
#include "engine/filters/recursive_lines.inc"
#undef NAME
#undef LANES
#undef TARGET
#undef WIDEN
#undef NARROW

#if defined(__x86_64__)
/* gcc 12 converts vectors of eight in halves. */
#define NAME(x)         quad_##x
#define LANES           4
#define TARGET          __attribute__((target("avx2")))
#define WIDEN(v, type)  _mm256_cvtps_pd(v)
#define NARROW(v, type) _mm256_cvtpd_ps(v)
#include "engine/filters/recursive_lines.inc"
#undef NAME
#undef LANES
#undef TARGET
#undef WIDEN
#undef NARROW

#define NAME(x)         oct_##x
#define LANES           8
#define TARGET          __attribute__((target("avx512f")))
#define WIDEN(v, type)  _mm512_cvtps_pd(v)
#define NARROW(v, type) _mm512_cvtpd_ps(v)
#include "engine/filters/recursive_lines.inc"
#endif

/* The widest that this machine has; all give the same bits. */
void recursive_gaussian_lines(const struct recursive_gaussian *g, const struct line_group *l)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        oct_lines(g, l);
        return;
    }
    if (__builtin_cpu_supports("avx2")) {
        quad_lines(g, l);
        return;
    }
#endif
    pair_lines(g, l);
}
