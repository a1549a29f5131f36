/* Wavelet (specification 5.3): undecimated decomposition along x, then y, then z, periodic at the
 * border of the whole image, whose odd axes are first made even by a copy of their first sample.
 *
 * Only what the box needs is computed: each level's approximation on the box, grown by the taps of
 * the levels that still come. The tree of sub-bands is walked depth first with one partial result
 * per axis, so that each is computed once and memory does not grow with the number of sub-bands.
 * float32 images are filtered in float32, all others in double, as PyWavelets does. */
#include "base/mem.h"
#include "engine/filters/bank.h"
#include "engine/filters/wavelet_bank.h"
#include "engine/filters/wavelet_pass.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct axes {
    int n;
    int axis[3]; /* 0 = x, in the order in which they are filtered and named */
};

/* Array axes are z, y, x or, in a flat image, y, x; force2Ddimension counts in them. */
static bool wavelet_axes(const struct settings *s, int dims, struct axes *out, struct err *e)
{
    out->n = 0;
    if (s->force_2d && s->force_2d_dimension >= dims)
        return err_set(e, ERR_REFUSED, "force2Ddimension %d does not exist in an image of %d axes",
                       (int)s->force_2d_dimension, dims);
    for (int a = 0; a < dims; a++)
        if (!s->force_2d || a != dims - 1 - (int)s->force_2d_dimension)
            out->axis[out->n++] = a;
    return true;
}

static bool find_wavelet(const struct settings *s, struct wavelet *out, struct err *e)
{
    return wavelet_find(s->wavelet, out) ||
           err_set(e, ERR_REFUSED, "wavelet %s: no discrete wavelet of that name", s->wavelet);
}

/* Name of a sub-band: bit n-1-k of code is the letter of the k-th axis, 1 for H. */
static void band_name(int64_t level, unsigned code, int n, char *out, size_t room)
{
    char letters[4] = {0};
    for (int k = 0; k < n; k++)
        letters[k] = code >> (n - 1 - k) & 1 ? 'H' : 'L';
    if (level == 1)
        snprintf(out, room, "wavelet-%s", letters);
    else
        snprintf(out, room, "wavelet%lld-%s", (long long)level, letters);
}

static bool wavelet_names(const struct settings *s, int dims, struct str_list *out, struct err *e)
{
    struct wavelet w;
    struct axes axes;
    if (!find_wavelet(s, &w, e) || !wavelet_axes(s, dims, &axes, e))
        return false;
    char name[sizeof((struct response *)0)->name];
    for (int64_t level = 1; level <= s->level; level++)
        for (unsigned code = 1; code < 1u << axes.n; code++) {
            band_name(level, code, axes.n, name, sizeof name);
            str_list_add(out, name);
        }
    band_name(s->level, 0, axes.n, name, sizeof name);
    str_list_add(out, name);
    return true;
}

static void wavelet_halo(const struct grid *g, const struct settings *s, int64_t voxels[3])
{
    struct wavelet w;
    struct axes axes;
    voxels[0] = voxels[1] = voxels[2] = 0;
    if (wavelet_find(s->wavelet, &w) && wavelet_axes(s, g->dims, &axes, NULL))
        for (int k = 0; k < axes.n; k++)
            voxels[axes.axis[k]] = w.length / 2 * (s->start_level + s->level);
}

struct run {
    struct filter_input in;
    struct wavelet wavelet;
    struct axes axes;
    int64_t levels, level; /* of the whole tree; the one that is served, from 0 */
    unsigned code;         /* of the next sub-band of that level; 0: the level is not begun */
    bool done;
    struct cube source;     /* approximation that the level starts from; of the first: no data */
    struct cube plane;      /* of the image, for the first level */
    struct cube approx;     /* its own approximation */
    struct cube partial[2]; /* after the first and the second axis */
    int held[2];            /* code of what partial holds, -1: nothing */
    struct cube band;       /* the wanted box: own room for float32, else the caller's values */
    void *scratch;
};

static void drop(struct cube *c)
{
    mem_big_free(c->data);
    c->data = NULL;
}

static void wavelet_close(void *state)
{
    struct run *r = state;
    drop(&r->source);
    drop(&r->plane);
    drop(&r->approx);
    drop(&r->partial[0]);
    drop(&r->partial[1]);
    if (r->band.single)
        drop(&r->band);
    mem_big_free(r->scratch);
    free(r);
}

/* The box as spans, grown on the filtered axes by `levels` levels. */
static void box_spans(const struct run *r, int64_t levels, struct span out[3])
{
    const int64_t *n = r->in.view->image.grid.size;
    for (int a = 0; a < 3; a++)
        out[a] = (struct span){r->in.box.lo[a], r->in.box.size[a], n[a] + n[a] % 2};
    for (int k = 0; k < r->axes.n; k++)
        for (int64_t l = 0; l < levels; l++)
            out[r->axes.axis[k]] = span_grown(&out[r->axes.axis[k]], r->wavelet.length);
}

/* Image index behind a padded, periodic one. */
static int64_t image_index(int64_t i, int64_t period, int64_t size)
{
    int64_t m = i % period < 0 ? i % period + period : i % period;
    return m < size ? m : 0;
}

/* One row of the padded, periodic image: span x at (y, z). */
static void read_row(const struct volume *image, const struct span *x, int64_t y, int64_t z,
                     double *out)
{
    int64_t size = image->grid.size[0];
    for (int64_t i = 0; i < x->length;) {
        int64_t at = image_index(x->lo + i, x->period, size);
        int64_t run = size - at < x->length - i ? size - at : x->length - i;
        bool padding = (x->lo + i - at) % x->period != 0;
        struct box b = {{at, y, z}, {padding ? 1 : run, 1, 1}};
        volume_read_box(image, &b, out + i);
        i += b.size[0];
    }
}

/* One plane of the padded, periodic image, on the source's spans. */
static void read_plane(const struct run *r, int64_t z, const struct cube *plane)
{
    const struct volume *image = &r->in.view->image;
    const struct span *s = plane->span;
    double *row = r->scratch;
    int64_t at = 0, k = image_index(z, s[2].period, image->grid.size[2]);
    for (int64_t j = 0; j < s[1].length; j++) {
        read_row(image, &s[0], image_index(s[1].lo + j, s[1].period, image->grid.size[1]), k, row);
        for (int64_t i = 0; i < s[0].length; i++, at++)
            if (plane->single)
                ((float *)plane->data)[at] = (float)row[i];
            else
                ((double *)plane->data)[at] = row[i];
    }
}

/* The first pass of the first level, whose source is the image: plane by plane, so that the image
 * is never there a second time as doubles. The pass runs in the plane. */
static void pass_image(const struct run *r, int axis, const void *h, const struct cube *to)
{
    size_t sample = to->single ? sizeof(float) : sizeof(double);
    int64_t plane = to->span[0].length * to->span[1].length;
    for (int64_t k = 0; k < to->span[2].length; k++) {
        struct cube from = r->plane, into = *to;
        into.data = (char *)to->data + (size_t)(k * plane) * sample;
        from.span[2].lo = into.span[2].lo = to->span[2].lo + k;
        from.span[2].length = into.span[2].length = 1;
        read_plane(r, from.span[2].lo, &from);
        wavelet_pass(&from, axis, h, r->wavelet.length, r->scratch, &into);
    }
}

static bool wavelet_open(const struct filter_input *in, void **state, struct err *e)
{
    struct run *r = mem_array(1, sizeof *r, e);
    if (!r)
        return false;
    const struct settings *s = in->settings;
    r->in = *in;
    r->levels = s->start_level + s->level;
    if (!find_wavelet(s, &r->wavelet, e) ||
        !wavelet_axes(s, in->view->image.grid.dims, &r->axes, e))
        goto out;
    bool single = in->view->image.type == PIXEL_F32;
    r->source.single = r->approx.single = r->band.single = single;
    r->partial[0].single = r->partial[1].single = single;
    size_t room = (size_t)(in->view->image.grid.size[0] + 1 + r->wavelet.length);
    r->scratch = mem_big(room, sizeof(double), e);
    box_spans(r, r->levels, r->source.span);
    box_spans(r, 0, r->band.span);
    r->plane = r->source;
    r->plane.span[2].length = 1;
    if (!r->scratch || !cube_alloc(&r->plane, e) || (single && !cube_alloc(&r->band, e)))
        goto out;
    *state = r;
    return true;
out:
    wavelet_close(r);
    return false;
}

/* One sub-band of the level into out, through the partial results that are already there. */
static void compute_band(struct run *r, unsigned code, const struct cube *out)
{
    int n = r->axes.n, taps = r->wavelet.length;
    const struct cube *from = &r->source;
    for (int k = 0; k < n; k++) {
        int prefix = (int)(code >> (n - 1 - k));
        const struct cube *to = k == n - 1 ? out : &r->partial[k];
        const void *lo = out->single ? (void *)r->wavelet.lo_f32 : (void *)r->wavelet.lo;
        const void *hi = out->single ? (void *)r->wavelet.hi_f32 : (void *)r->wavelet.hi;
        const void *h = prefix & 1 ? hi : lo;
        bool is_there = k < n - 1 && r->held[k] == prefix;
        if (!is_there && from->data)
            wavelet_pass(from, r->axes.axis[k], h, taps, r->scratch, to);
        else if (!is_there)
            pass_image(r, r->axes.axis[k], h, to);
        if (k < n - 1)
            r->held[k] = prefix;
        from = to;
    }
}

/* Rooms of a level, and its approximation, which the next level or the last response needs. */
static bool begin_level(struct run *r, struct err *e)
{
    struct span wanted[3];
    box_spans(r, r->levels - 1 - r->level, wanted);
    memcpy(r->approx.span, wanted, sizeof wanted);
    bool ok = cube_alloc(&r->approx, e);
    for (int k = 0; ok && k < r->axes.n - 1; k++) {
        const struct span *before = k ? r->partial[k - 1].span : r->source.span;
        memcpy(r->partial[k].span, before, sizeof wanted);
        r->partial[k].span[r->axes.axis[k]] = wanted[r->axes.axis[k]];
        r->held[k] = -1;
        ok = cube_alloc(&r->partial[k], e);
    }
    if (ok)
        compute_band(r, 0, &r->approx);
    return ok;
}

static void end_level(struct run *r)
{
    drop(&r->source);
    drop(&r->partial[0]);
    drop(&r->partial[1]);
    r->source = r->approx;
    r->approx.data = NULL;
    r->level++;
    r->code = 0;
}

static void widen(const struct cube *c, double *out)
{
    int64_t n = cube_count(c);
    if (c->single)
        for (int64_t i = 0; i < n; i++)
            out[i] = ((const float *)c->data)[i];
    else
        memcpy(out, c->data, (size_t)n * sizeof *out);
}

static bool wavelet_next(void *state, struct response *out, double *value, bool *more,
                         struct err *e)
{
    struct run *r = state;
    unsigned bands = 1u << r->axes.n;
    *more = !r->done;
    if (r->done)
        return true;
    while (r->code == 0 || (r->code == bands && r->level < r->levels - 1)) {
        if (r->code == bands)
            end_level(r);
        if (!begin_level(r, e))
            return false;
        r->code = r->level < r->in.settings->start_level ? bands : 1;
    }
    if (!r->band.single)
        r->band.data = value;
    if (r->code < bands)
        compute_band(r, r->code, &r->band);
    if (r->code == bands || r->band.single)
        widen(r->code < bands ? &r->band : &r->approx, value);
    r->done = r->code == bands;
    out->type = r->band.single ? PIXEL_F32 : PIXEL_F64;
    band_name(r->level + 1 - r->in.settings->start_level, r->code % bands, r->axes.n, out->name,
              sizeof out->name);
    r->code++;
    return true;
}

const struct filter filter_wavelet = {"Wavelet",    wavelet_names, wavelet_halo,
                                      wavelet_open, wavelet_next,  wavelet_close};
