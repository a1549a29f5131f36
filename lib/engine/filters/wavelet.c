/* Wavelet (specification 5.3): undecimated decomposition along x, then y, then z, periodic at the
 * border of the whole image, whose odd axes are first made even by a copy of their first sample.
 *
 * Only what the box needs is computed: each level's approximation on the box, grown by the taps of
 * the levels that still come. Each sub-band is filtered from the level's source again, plane by
 * plane (wavelet_stream.h): that costs less than moving partial results through memory. float32
 * images are filtered in float32, all others in double, as PyWavelets does. */
#include "engine/filters/wavelet.h"
#include "base/mem.h"
#include "engine/filters/bank.h"
#include "engine/filters/wavelet_bank.h"
#include "engine/filters/wavelet_stream.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct axes {
    int n;
    int axis[3]; /* 0 = x, in the order in which they are filtered and named */
};

/* Array axes are z, y, x or, in a flat image, y, x; force2Ddimension counts in them. */
static bool wavelet_axes(const struct family_settings *s, int dims, struct axes *out, struct err *e)
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

static bool find_wavelet(const struct wavelet_settings *own, struct wavelet *out, struct err *e)
{
    return wavelet_find(own->name, out) ||
           err_set(e, ERR_REFUSED, "wavelet %s: no discrete wavelet of that name", own->name);
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

static bool wavelet_names(const struct filter_settings *s, int dims, struct str_list *out,
                          struct err *e)
{
    const struct wavelet_settings *own = s->own;
    struct wavelet w;
    struct axes axes;
    if (!find_wavelet(own, &w, e) || !wavelet_axes(s->family, dims, &axes, e))
        return false;
    char name[sizeof((struct response *)0)->name];
    for (int64_t level = 1; level <= own->level; level++)
        for (unsigned code = 1; code < 1u << axes.n; code++) {
            band_name(level, code, axes.n, name, sizeof name);
            str_list_add(out, name);
        }
    band_name(own->level, 0, axes.n, name, sizeof name);
    str_list_add(out, name);
    return true;
}

static void wavelet_halo(const struct grid *g, const struct filter_settings *s, int64_t voxels[3])
{
    const struct wavelet_settings *own = s->own;
    struct wavelet w;
    struct axes axes;
    voxels[0] = voxels[1] = voxels[2] = 0;
    if (wavelet_find(own->name, &w) && wavelet_axes(s->family, g->dims, &axes, NULL))
        for (int k = 0; k < axes.n; k++)
            voxels[axes.axis[k]] = w.length / 2 * (own->start_level + own->level);
}

struct wavelet_run {
    struct filter_input in;
    const struct wavelet_settings *own;
    struct wavelet wavelet;
    struct axes axes;
    int64_t levels, level; /* number of levels; the current one, from 0 */
    unsigned code;         /* of the next sub-band of that level; 0: the level is not begun */
    bool done;
    struct wavelet_source source; /* approximation that the level starts from; first: the image */
    struct cube approx;           /* its own, which the next level starts from */
    struct cube band;             /* the wanted box; no data: a response has the caller's room */
    double *held;                 /* a sub-band that was computed together with the one before */
    struct wavelet_stream stream;
    double *row; /* of the image */
};

static void wavelet_close(void *state)
{
    struct wavelet_run *r = state;
    mem_big_free(r->source.cube.data);
    mem_big_free(r->approx.data);
    mem_big_free(r->held);
    mem_big_free(r->row);
    wavelet_stream_close(&r->stream);
    free(r);
}

/* The box as spans, grown on the filtered axes by `levels` levels. */
static void box_spans(const struct wavelet_run *r, int64_t levels, struct span out[3])
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
static void read_plane(const void *from, int64_t z, const struct cube *plane)
{
    const struct wavelet_run *r = from;
    const struct volume *image = &r->in.view->image;
    const struct span *s = plane->span;
    int64_t at = 0, k = image_index(z, s[2].period, image->grid.size[2]);
    for (int64_t j = 0; j < s[1].length; j++, at += s[0].length) {
        double *row = plane->single ? r->row : (double *)plane->data + at;
        read_row(image, &s[0], image_index(s[1].lo + j, s[1].period, image->grid.size[1]), k, row);
        for (int64_t i = 0; plane->single && i < s[0].length; i++)
            ((float *)plane->data)[at + i] = (float)row[i];
    }
}

static bool wavelet_open(const struct filter_input *in, void **state, struct err *e)
{
    struct wavelet_run *r = mem_array(1, sizeof *r, e);
    if (!r)
        return false;
    r->in = *in;
    r->own = in->settings.own;
    r->levels = r->own->start_level + r->own->level;
    if (!find_wavelet(r->own, &r->wavelet, e) ||
        !wavelet_axes(in->settings.family, in->view->image.grid.dims, &r->axes, e))
        goto out;
    r->source = (struct wavelet_source){.read = read_plane, .from = r};
    r->source.cube.single = r->approx.single = r->band.single = in->view->image.type == PIXEL_F32;
    box_spans(r, r->levels, r->source.cube.span);
    box_spans(r, 0, r->band.span);
    r->row = mem_big((size_t)in->view->image.grid.size[0] + 1, sizeof *r->row, e);
    if (!r->row ||
        !wavelet_stream_open(&r->stream, &r->wavelet, r->axes.axis, r->axes.n, &r->source.cube, e))
        goto out;
    if (wavelet_stream_pairs(&r->stream)) {
        r->held = mem_big((size_t)box_voxels(&in->box), sizeof *r->held, e);
        if (!r->held)
            goto out;
    }
    *state = r;
    return true;
out:
    wavelet_close(r);
    return false;
}

static bool is_last(const struct wavelet_run *r)
{
    return r->level == r->levels - 1;
}

/* The approximation of a level, where the next one needs it. */
static bool begin_level(struct wavelet_run *r, struct err *e)
{
    if (is_last(r))
        return true;
    box_spans(r, r->levels - 1 - r->level, r->approx.span);
    if (!cube_alloc(&r->approx, e))
        return false;
    wavelet_stream_band(&r->stream, &r->source, 0, &r->approx, NULL);
    return true;
}

static void end_level(struct wavelet_run *r)
{
    mem_big_free(r->source.cube.data);
    r->source.cube = r->approx;
    r->approx.data = NULL;
    r->level++;
    r->code = 0;
}

/* The next sub-band into value, or where it is held. Of a level's sub-bands 2 and 3, 4 and 5, 6 and
 * 7 come together, as far as z is filtered. */
static const double *serve(struct wavelet_run *r, unsigned code, double *value)
{
    if (code > 1 && wavelet_stream_pairs(&r->stream)) {
        if (code % 2)
            return r->held;
        wavelet_stream_pair(&r->stream, &r->source, code, &r->band, value, r->held);
    } else {
        wavelet_stream_band(&r->stream, &r->source, code, &r->band, value);
    }
    return value;
}

static bool wavelet_next(void *state, struct response *out, double *value, bool *more,
                         struct err *e)
{
    struct wavelet_run *r = state;
    unsigned bands = 1u << r->axes.n;
    *more = !r->done;
    if (r->done)
        return true;
    while (r->code == 0 || (r->code == bands && !is_last(r))) {
        if (r->code == bands)
            end_level(r);
        if (!begin_level(r, e))
            return false;
        r->code = r->level < r->own->start_level ? bands : 1;
    }
    out->value = serve(r, r->code % bands, value);
    r->done = r->code == bands;
    out->type = r->band.single ? PIXEL_F32 : PIXEL_F64;
    out->index = (int)((r->level - r->own->start_level) * (bands - 1) + r->code - 1);
    r->code++;
    return true;
}

static bool is_discrete(const void *name, const struct settings *s, const struct demand *d)
{
    struct wavelet unused;
    (void)s, (void)d;
    return wavelet_find(name, &unused);
}

#define AT(field) offsetof(struct wavelet_settings, field)
static const struct wavelet_settings defaults = {.level = 1, .name = "coif1"};
static const struct key keys[] = {
    {"start_level", KEY_INT, AT(start_level), NO_FLAG, 0, 100, .fallback = "0",
     .used = key_used_always, .summary = "levels that are passed over first"},
    {"level", KEY_INT, AT(level), NO_FLAG, 1, 100, .fallback = "1", .used = key_used_always,
     .summary = "levels of decomposition"},
    {"wavelet", KEY_NAME, AT(name), NO_FLAG, .accepts = wavelet_is_listed,
     .wanted = "the name of a wavelet (coif1, db4, bior2.2, ...)", .fallback = "'coif1'",
     .possible = is_discrete, .must = "be a discrete wavelet (coif1, db4, bior2.2, ...)",
     .summary = "the wavelet, by PyWavelets' name"},
    {0},
};
#undef AT
static_assert(sizeof defaults.name == KEY_NAME_ROOM, "a name's room is that of its key");

const struct filter filter_wavelet = {
    .name = "Wavelet",
    .summary = "undecimated wavelet decomposition, one image per sub-band",
    .settings_bytes = sizeof defaults,
    .defaults = &defaults,
    .keys = keys,
    .names = wavelet_names,
    .halo = wavelet_halo,
    .open = wavelet_open,
    .next = wavelet_next,
    .close = wavelet_close,
};
