#include "engine/filters/wavelet_pass.h"

#include "base/mem.h"
#include "base/simd.h"
#include "engine/filters/wavelet_bank.h"

#include <string.h>

/* out[i] = sum over t of h[t] * row[t][i], t in order; taps is even. Two or four taps to a sweep,
 * so that the compiler sees plain loops over i, which it turns into whatever vectors there are. */
#define FIR(name, real)                                                                            \
    SIMD_CLONES                                                                                    \
    static void name(const char *const *row, const void *h, int taps, int64_t n, void *out)        \
    {                                                                                              \
        const real *w = h, *r0 = (const real *)row[0], *r1 = (const real *)row[1];                 \
        real *restrict o = out;                                                                    \
        real w0 = w[0], w1 = w[1];                                                                 \
        for (int64_t i = 0; i < n; i++)                                                            \
            o[i] = w0 * r0[i] + w1 * r1[i];                                                        \
        for (int t = 2; t < taps; t += t + 4 <= taps ? 4 : 2) {                                    \
            r0 = (const real *)row[t], r1 = (const real *)row[t + 1];                              \
            w0 = w[t], w1 = w[t + 1];                                                              \
            if (t + 4 > taps) {                                                                    \
                for (int64_t i = 0; i < n; i++)                                                    \
                    o[i] = (o[i] + w0 * r0[i]) + w1 * r1[i];                                       \
                continue;                                                                          \
            }                                                                                      \
            const real *r2 = (const real *)row[t + 2], *r3 = (const real *)row[t + 3];             \
            real w2 = w[t + 2], w3 = w[t + 3];                                                     \
            for (int64_t i = 0; i < n; i++)                                                        \
                o[i] = (((o[i] + w0 * r0[i]) + w1 * r1[i]) + w2 * r2[i]) + w3 * r3[i];             \
        }                                                                                          \
    }

FIR(fir_f32, float)
FIR(fir_f64, double)

typedef void fir(const char *const *row, const void *h, int taps, int64_t n, void *out);

static size_t element(const struct cube *c)
{
    return c->single ? sizeof(float) : sizeof(double);
}

int64_t cube_count(const struct cube *c)
{
    return c->span[0].length * c->span[1].length * c->span[2].length;
}

bool cube_alloc(struct cube *c, struct err *e)
{
    c->data = mem_big((size_t)cube_count(c), element(c), e);
    return c->data != NULL;
}

struct span span_grown(const struct span *s, int taps)
{
    if (s->length + taps - 1 >= s->period)
        return (struct span){0, s->period, s->period};
    return (struct span){s->lo - taps / 2 + 1, s->length + taps - 1, s->period};
}

/* i modulo n, without a division where i is close to the period, as it nearly always is. */
static int64_t modulo(int64_t i, int64_t n)
{
    if (i >= 0 && i < n)
        return i;
    if (i < 0 && i >= -n)
        return i + n;
    if (i >= n && i < 2 * n)
        return i - n;
    return i % n < 0 ? i % n + n : i % n;
}

/* Place of index i in the samples of s. */
static int64_t place(const struct span *s, int64_t i)
{
    return s->length == s->period ? modulo(i - s->lo, s->period) : i - s->lo;
}

/* How far the first tap of index n lies behind the end of the period; below 1 the sum runs in plain
 * order. */
static int64_t overshoot(const struct span *s, int64_t n, int taps)
{
    return modulo(n, s->period) + taps / 2 - s->period;
}

/* The order of summation at index n: j[0..taps-1]; true where it is the plain one. */
static bool tap_order(const struct span *s, int64_t n, int taps, int *j)
{
    int64_t over = overshoot(s, n, taps);
    int c = over < 1 ? 0 : over < taps - 1 ? (int)over : taps - 1;
    for (int t = 0; t < taps; t++)
        j[t] = t <= c ? c - t : t;
    return c == 0;
}

static void ordered(const void *h, bool single, const int *j, int taps, void *out)
{
    for (int t = 0; t < taps; t++)
        if (single)
            ((float *)out)[t] = ((const float *)h)[j[t]];
        else
            ((double *)out)[t] = ((const double *)h)[j[t]];
}

/* One pass with everything that its loops share. */
struct pass {
    const struct cube *in, *out;
    int axis, taps;
    const void *h;
    fir *run;
    size_t size; /* of a sample */
};

/* The output of index n from whole runs of `count` samples: the taps lie `stride` samples apart,
 * `base` is the run of place 0. */
static void combine(const struct pass *p, int64_t n, const char *base, int64_t stride,
                    int64_t count, char *out)
{
    const struct span *s = &p->in->span[p->axis];
    const char *row[WAVELET_MAX_LENGTH];
    int j[WAVELET_MAX_LENGTH];
    double weight[WAVELET_MAX_LENGTH];
    const void *h = p->h;
    if (!tap_order(s, n, p->taps, j)) {
        ordered(p->h, p->in->single, j, p->taps, weight);
        h = weight;
    }
    for (int t = 0; t < p->taps; t++)
        row[t] = base + (size_t)(place(s, n + p->taps / 2 - j[t]) * stride) * p->size;
    p->run(row, h, p->taps, count, out);
}

/* Along y or z: runs of neighbours in x are combined at once. Every output index is served for one
 * row before the next one, so that the rows of the taps stay in the cache. */
static void pass_across(const struct pass *p)
{
    const struct span *in = p->in->span, *out = p->out->span;
    int64_t stride = p->axis == 1 ? in[0].length : in[0].length * in[1].length;
    int other = p->axis == 1 ? 2 : 1;
    int64_t in_step = other == 1 ? in[0].length : in[0].length * in[1].length;
    int64_t out_step = other == 1 ? out[0].length : out[0].length * out[1].length;
    int64_t out_stride = p->axis == 1 ? out[0].length : out[0].length * out[1].length;
    for (int64_t o = 0; o < out[other].length; o++) {
        int64_t from = place(&in[other], out[other].lo + o) * in_step + place(&in[0], out[0].lo);
        const char *base = (const char *)p->in->data + (size_t)from * p->size;
        char *to = (char *)p->out->data + (size_t)(o * out_step) * p->size;
        for (int64_t n = 0; n < out[p->axis].length; n++)
            combine(p, out[p->axis].lo + n, base, stride, out[0].length,
                    to + (size_t)(n * out_stride) * p->size);
    }
}

/* Copies the samples that the outputs lo .. lo + length - 1 need, unrolled, into line. */
static void unroll(const struct span *s, const char *samples, int64_t lo, int64_t length,
                   size_t size, char *line)
{
    for (int64_t i = 0; i < length;) {
        int64_t at = place(s, lo + i);
        int64_t run = s->length - at < length - i ? s->length - at : length - i;
        memcpy(line + (size_t)i * size, samples + (size_t)at * size, (size_t)run * size);
        i += run;
    }
}

/* One line along x: all outputs with the plain order at once, the others one by one. */
static void line_along(const struct pass *p, const char *samples, char *line, char *to)
{
    const struct span *s = &p->in->span[0], *out = &p->out->span[0];
    const char *row[WAVELET_MAX_LENGTH];
    unroll(s, samples, out->lo - p->taps / 2 + 1, out->length + p->taps - 1, p->size, line);
    for (int t = 0; t < p->taps; t++)
        row[t] = line + (size_t)(p->taps - 1 - t) * p->size;
    p->run(row, p->h, p->taps, out->length, to);
    for (int64_t n = 0; n < out->length; n++) {
        int64_t over = overshoot(s, out->lo + n, p->taps);
        if (over < 1)
            n -= over;
        else
            combine(p, out->lo + n, samples, 1, 1, to + (size_t)n * p->size);
    }
}

static void pass_along(const struct pass *p, char *line)
{
    const struct span *in = p->in->span, *out = p->out->span;
    char *to = p->out->data;
    for (int64_t k = 0; k < out[2].length; k++)
        for (int64_t j = 0; j < out[1].length; j++, to += (size_t)out[0].length * p->size) {
            int64_t at = place(&in[2], out[2].lo + k) * in[1].length + place(&in[1], out[1].lo + j);
            line_along(p, (const char *)p->in->data + (size_t)(at * in[0].length) * p->size, line,
                       to);
        }
}

void wavelet_pass(const struct cube *in, int axis, const void *h, int taps, void *scratch,
                  const struct cube *out)
{
    struct pass p = {in, out, axis, taps, h, in->single ? fir_f32 : fir_f64, element(in)};
    if (axis == 0)
        pass_along(&p, scratch);
    else
        pass_across(&p);
}
