#include "engine/signal/spectrum.h"

#include "base/mem.h"
#include "base/simd.h"
#include "engine/signal/fft.h"

bool spectrum_alloc(struct spectrum *s, const int64_t size[3], struct err *e)
{
    size_t n = (size_t)(size[0] * size[1] * size[2]);
    *s = (struct spectrum){.size = {size[0], size[1], size[2]}};
    s->re = mem_big(n, sizeof *s->re, e);
    s->im = mem_big(n, sizeof *s->im, e);
    if (s->re && s->im)
        return true;
    spectrum_free(s);
    return false;
}

void spectrum_free(struct spectrum *s)
{
    mem_big_free(s->re);
    mem_big_free(s->im);
    *s = (struct spectrum){.re = NULL};
}

/* The lines of one axis, in bunches of FFT_LANES: line j of a bunch begins at start[j]. */
struct lines {
    int64_t n, stride; /* elements of a line, and what lies between two */
    int64_t start[FFT_LANES];
    int count; /* lines of this bunch */
};

/* false: there are only zeros. */
static bool gather(const double *from, const struct lines *l, double *to)
{
    bool any = false;
    for (int64_t i = 0; i < l->n; i++)
        for (int j = 0; j < FFT_LANES; j++) {
            double value = j < l->count ? from[l->start[j] + i * l->stride] : 0.0;
            to[i * FFT_LANES + j] = value;
            any |= value != 0;
        }
    return any;
}

static void scatter(const double *from, const struct lines *l, double scale, double *to)
{
    for (int64_t i = 0; i < l->n; i++)
        for (int j = 0; j < l->count; j++)
            to[l->start[j] + i * l->stride] = from[i * FFT_LANES + j] * scale;
}

/* Line number k of an axis: the place of its first element. Neighbours along x follow each other.
 */
static int64_t line_start(const int64_t size[3], int axis, int64_t k)
{
    if (axis == 0)
        return k * size[0];
    if (axis == 1)
        return k % size[0] + k / size[0] * size[0] * size[1];
    return k;
}

/* What of a box is wanted after all passes. */
struct part {
    const int64_t *lo, *size;
};

/* Whether line number k of an axis lies in the part, as far as the axes before have had their pass.
 * Without a part all do. */
static bool is_wanted(const int64_t size[3], int axis, int64_t k, const struct part *part)
{
    int64_t at[3] = {axis == 0 ? 0 : k % size[0], axis == 2 ? k / size[0] : 0, 0};
    for (int a = 0; part && a < axis; a++)
        if (at[a] < part->lo[a] || at[a] >= part->lo[a] + part->size[a])
            return false;
    return true;
}

/* The next lines from number *k on that are wanted, FFT_LANES at most. */
static void next_lines(const int64_t size[3], int axis, int64_t n_lines, const struct part *part,
                       int64_t *k, struct lines *l)
{
    for (l->count = 0; *k < n_lines && l->count < FFT_LANES; ++*k)
        if (is_wanted(size, axis, *k, part))
            l->start[l->count++] = line_start(size, axis, *k);
}

static bool transform_axis(struct spectrum *s, int axis, bool backward, const struct part *part,
                           struct err *e)
{
    int64_t stride = axis == 0 ? 1 : axis == 1 ? s->size[0] : s->size[0] * s->size[1];
    struct lines l = {.n = s->size[axis], .stride = stride};
    int64_t n_lines = s->size[0] * s->size[1] * s->size[2] / l.n;
    struct fft *plan;
    if (!fft_create(l.n, &plan, e))
        return false;
    double *re = mem_big((size_t)l.n, 2 * FFT_LANES * sizeof *re, e);
    double *im = re ? re + l.n * FFT_LANES : NULL;
    for (int64_t k = 0; re && k < n_lines;) {
        next_lines(s->size, axis, n_lines, part, &k, &l);
        bool any_re = gather(s->re, &l, re), any_im = gather(s->im, &l, im);
        if (!any_re && !any_im)
            continue; /* what an image is padded with */
        if (backward)
            fft_backward(plan, re, im);
        else
            fft_forward(plan, re, im);
        double scale = backward ? 1.0 / (double)l.n : 1.0;
        scatter(re, &l, scale, s->re);
        scatter(im, &l, scale, s->im);
    }
    mem_big_free(re);
    fft_destroy(plan);
    return re != NULL;
}

static bool transform(struct spectrum *s, const bool axes[3], bool backward,
                      const struct part *part, struct err *e)
{
    for (int a = 0; a < 3; a++)
        if (axes[a] && s->size[a] > 1 && !transform_axis(s, a, backward, part, e))
            return false;
    return true;
}

bool spectrum_forward(struct spectrum *s, const bool axes[3], struct err *e)
{
    return transform(s, axes, false, NULL, e);
}

bool spectrum_backward(struct spectrum *s, const bool axes[3], struct err *e)
{
    return transform(s, axes, true, NULL, e);
}

bool spectrum_backward_part(struct spectrum *s, const bool axes[3], const int64_t lo[3],
                            const int64_t size[3], struct err *e)
{
    const struct part part = {lo, size};
    return transform(s, axes, true, &part, e);
}

SIMD_CLONES
void spectrum_multiply(struct spectrum *s, const struct spectrum *factor)
{
    int64_t n = s->size[0] * s->size[1] * s->size[2];
    for (int64_t i = 0; i < n; i++) {
        double u = s->re[i] * factor->re[i] - s->im[i] * factor->im[i];
        double v = s->re[i] * factor->im[i] + s->im[i] * factor->re[i];
        s->re[i] = u;
        s->im[i] = v;
    }
}
