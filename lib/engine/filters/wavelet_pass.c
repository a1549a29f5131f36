#include "engine/filters/wavelet_pass.h"

#include "base/mem.h"
#include "engine/filters/wavelet_bank.h"
#include "engine/filters/wavelet_fir.h"

#include <string.h>

static size_t element(const struct cube *c)
{
    return c->single ? sizeof(float) : sizeof(double);
}

static int64_t cube_count(const struct cube *c)
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

int64_t span_place(const struct span *s, int64_t i)
{
    return s->length == s->period ? modulo(i - s->lo, s->period) : i - s->lo;
}

/* How far the first tap of index n lies behind the end of the period; below 1 the sum runs in plain
 * order. */
static int64_t overshoot(const struct span *s, int64_t n, int taps)
{
    return modulo(n, s->period) + taps / 2 - s->period;
}

/* The order of summation at index n: j[0..taps-1]. */
static void tap_order(const struct span *s, int64_t n, int taps, int *j)
{
    int64_t over = overshoot(s, n, taps);
    int c = over < 1 ? 0 : over < taps - 1 ? (int)over : taps - 1;
    for (int t = 0; t < taps; t++)
        j[t] = t <= c ? c - t : t;
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
    size_t size; /* of a sample */
};

/* The output of index n from whole runs of `count` samples: the taps lie `stride` samples apart,
 * `base` is the run of place 0. */
static void combine(const struct pass *p, int64_t n, const char *base, int64_t stride,
                    int64_t count, char *out)
{
    const struct span *s = &p->in->span[p->axis];
    const void *row[WAVELET_MAX_LENGTH];
    int64_t step = stride * (int64_t)p->size;
    if (s->length != s->period && overshoot(s, n, p->taps) < 1) { /* nothing wraps: nearly all */
        const char *first = base + (n + p->taps / 2 - s->lo) * step;
        for (int t = 0; t < p->taps; t++)
            row[t] = first - t * step;
        wavelet_fir(row, p->h, p->taps, p->in->single, count, out);
        return;
    }
    int j[WAVELET_MAX_LENGTH];
    double weight[WAVELET_MAX_LENGTH];
    tap_order(s, n, p->taps, j);
    ordered(p->h, p->in->single, j, p->taps, weight);
    for (int t = 0; t < p->taps; t++)
        row[t] = base + span_place(s, n + p->taps / 2 - j[t]) * step;
    wavelet_fir(row, weight, p->taps, p->in->single, count, out);
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
        int64_t from =
            span_place(&in[other], out[other].lo + o) * in_step + span_place(&in[0], out[0].lo);
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
        int64_t at = span_place(s, lo + i);
        int64_t run = s->length - at < length - i ? s->length - at : length - i;
        memcpy(line + (size_t)i * size, samples + (size_t)at * size, (size_t)run * size);
        i += run;
    }
}

/* One line along x: all outputs with the plain order at once, the others one by one. */
static void line_along(const struct pass *p, const char *samples, char *line, char *to)
{
    const struct span *s = &p->in->span[0], *out = &p->out->span[0];
    const void *row[WAVELET_MAX_LENGTH];
    const char *first = samples + (out->lo - p->taps / 2 + 1 - s->lo) * (int64_t)p->size;
    if (s->length == s->period) {
        unroll(s, samples, out->lo - p->taps / 2 + 1, out->length + p->taps - 1, p->size, line);
        first = line;
    }
    for (int t = 0; t < p->taps; t++)
        row[t] = first + (size_t)(p->taps - 1 - t) * p->size;
    wavelet_fir(row, p->h, p->taps, p->in->single, out->length, to);
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
            int64_t at = span_place(&in[2], out[2].lo + k) * in[1].length +
                         span_place(&in[1], out[1].lo + j);
            line_along(p, (const char *)p->in->data + (size_t)(at * in[0].length) * p->size, line,
                       to);
        }
}

void wavelet_pass(const struct cube *in, int axis, const void *h, int taps, void *scratch,
                  const struct cube *out)
{
    struct pass p = {in, out, axis, taps, h, element(in)};
    if (axis == 0)
        pass_along(&p, scratch);
    else
        pass_across(&p);
}

/* Samples that are combined at once: with six taps and a few results, those of a chunk stay in the
 * first cache from one result to the next. */
enum { CHUNK = 256 };

/* n samples from `at` on of all that is wanted of result k. */
static void combine_chunk(const struct wavelet_planes *p, int k, int64_t at, int64_t n)
{
    size_t size = p->single ? sizeof(float) : sizeof(double);
    const void *row[WAVELET_MAX_LENGTH];
    int j[WAVELET_MAX_LENGTH];
    double weight[WAVELET_MAX_LENGTH];
    tap_order(p->s, p->n + k, p->taps, j);
    for (int t = 0; t < p->taps; t++)
        row[t] = (const char *)p->plane[k + p->taps - 1 - j[t]] + (size_t)at * size;
    for (int f = 0; f < p->filters; f++) {
        ordered(p->h[f], p->single, j, p->taps, weight);
        wavelet_fir(row, weight, p->taps, p->single, n,
                    (char *)p->out[f] + (size_t)(k * p->count + at) * size);
    }
}

void wavelet_combine(const struct wavelet_planes *p)
{
    for (int64_t at = 0; at < p->count; at += CHUNK)
        for (int k = 0; k < p->results; k++)
            combine_chunk(p, k, at, p->count - at < CHUNK ? p->count - at : CHUNK);
}
