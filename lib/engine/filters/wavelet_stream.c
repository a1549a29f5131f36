#include "engine/filters/wavelet_stream.h"

#include "base/mem.h"

#include <string.h>

/* Results along z that are computed together: they share most of the planes that they need. */
enum { BATCH = 4 };

static int64_t plane_count(const struct cube *c)
{
    return c->span[0].length * c->span[1].length;
}

static void *plane_at(const struct cube *c, int64_t k)
{
    size_t sample = c->single ? sizeof(float) : sizeof(double);
    return (char *)c->data + (size_t)(k * plane_count(c)) * sample;
}

bool wavelet_stream_pairs(const struct wavelet_stream *s)
{
    return s->axis[s->n_axes - 1] == 2;
}

/* Room for planes of `largest`, `planes` of them; c->span is set for each band. */
static bool alloc_planes(struct cube *c, const struct cube *largest, int64_t planes, struct err *e)
{
    *c = *largest;
    c->span[2].length = planes;
    return cube_alloc(c, e);
}

bool wavelet_stream_open(struct wavelet_stream *s, const struct wavelet *wavelet, const int *axis,
                         int n_axes, const struct cube *largest, struct err *e)
{
    *s = (struct wavelet_stream){.wavelet = wavelet, .axis = axis, .n_axes = n_axes};
    size_t line = (size_t)(largest->span[0].period + wavelet->length);
    return alloc_planes(&s->source, largest, 1, e) && alloc_planes(&s->half, largest, 1, e) &&
           alloc_planes(&s->result, largest, largest->single ? 2 * BATCH : 0, e) &&
           (!wavelet_stream_pairs(s) ||
            alloc_planes(&s->ring, largest, wavelet->length + BATCH - 1, e)) &&
           (s->line = mem_big(line, sizeof(double), e)) != NULL;
}

void wavelet_stream_close(struct wavelet_stream *s)
{
    mem_big_free(s->source.data);
    mem_big_free(s->half.data);
    mem_big_free(s->result.data);
    mem_big_free(s->ring.data);
    mem_big_free(s->line);
}

/* The filter along the k-th axis. */
static const void *taps_of(const struct wavelet_stream *s, unsigned code, int k)
{
    bool high = code >> (s->n_axes - 1 - k) & 1;
    const struct wavelet *w = s->wavelet;
    if (s->source.single)
        return high ? w->hi_f32 : w->lo_f32;
    return high ? w->hi : w->lo;
}

/* The source's plane of index z. */
static struct cube source_plane(const struct wavelet_stream *s, const struct wavelet_source *source,
                                int64_t z)
{
    struct cube plane = source->cube;
    if (plane.data) {
        plane.data = plane_at(&plane, span_place(&plane.span[2], z));
    } else {
        plane.data = s->source.data;
        source->read(source->from, z, &plane);
    }
    plane.span[2] = (struct span){z, 1, plane.span[2].period};
    return plane;
}

/* The plane of index z, filtered along x and y as the code says, into data. */
static void filter_plane(const struct wavelet_stream *s, const struct wavelet_source *source,
                         unsigned code, int64_t z, const struct span wanted[3], void *data)
{
    struct cube from = source_plane(s, source, z);
    int last = s->n_axes - 1 - wavelet_stream_pairs(s);
    for (int k = 0; k <= last; k++) {
        struct cube to = from;
        to.data = k == last ? data : s->half.data;
        to.span[s->axis[k]] = wanted[s->axis[k]];
        wavelet_pass(&from, s->axis[k], taps_of(s, code, k), s->wavelet->length, s->line, &to);
        from = to;
    }
}

static void widen(const float *in, int64_t n, double *out)
{
    for (int64_t i = 0; i < n; i++)
        out[i] = in[i];
}

/* A sub-band that is being written: into the cube's data, else into value. */
struct target {
    const struct cube *out;
    double *value;
    unsigned code;
};

/* Where plane k of the result and those after it are computed, for the i-th target. */
static void *stream_begin(const struct wavelet_stream *s, const struct target *to, int i, int64_t k)
{
    if (to->out->data)
        return plane_at(to->out, k);
    return to->out->single ? plane_at(&s->result, i * BATCH) : to->value + k * plane_count(to->out);
}

/* Planes k .. k + n - 1 have been. */
static void end(const struct wavelet_stream *s, const struct target *to, int i, int64_t k,
                int64_t n)
{
    int64_t plane = plane_count(to->out);
    if (!to->out->data && to->out->single)
        widen(plane_at(&s->result, i * BATCH), n * plane, to->value + k * plane);
}

/* Result n along z needs the planes n - taps/2 + 1 .. n + taps/2; the ring holds those of a batch.
 * The targets differ in the filter along z alone. */
static void filter_across_planes(const struct wavelet_stream *s,
                                 const struct wavelet_source *source, const struct target *to,
                                 int targets)
{
    const struct cube *out = to->out;
    const struct span *z = &out->span[2];
    int taps = s->wavelet->length, slots = taps + BATCH - 1;
    const void *plane[WAVELET_MAX_LENGTH + BATCH];
    struct cube ring = s->ring;
    memcpy(ring.span, out->span, 2 * sizeof *ring.span);
    for (int64_t k = 0, there = 0; k < z->length; k += BATCH) {
        int results = z->length - k < BATCH ? (int)(z->length - k) : BATCH;
        for (; there < k + results + taps - 1; there++)
            filter_plane(s, source, to->code, z->lo - taps / 2 + 1 + there, out->span,
                         plane_at(&ring, there % slots));
        for (int t = 0; t < taps + results - 1; t++)
            plane[t] = plane_at(&ring, (k + t) % slots);
        struct wavelet_planes p = {.s = &source->cube.span[2],
                                   .n = z->lo + k,
                                   .results = results,
                                   .taps = taps,
                                   .filters = targets,
                                   .count = plane_count(out),
                                   .single = out->single,
                                   .plane = plane};
        for (int i = 0; i < targets; i++) {
            p.h[i] = taps_of(s, to[i].code, s->n_axes - 1);
            p.out[i] = stream_begin(s, &to[i], i, k);
        }
        wavelet_combine(&p);
        for (int i = 0; i < targets; i++)
            end(s, &to[i], i, k, results);
    }
}

void wavelet_stream_band(const struct wavelet_stream *s, const struct wavelet_source *source,
                         unsigned code, const struct cube *out, double *value)
{
    struct target to = {out, value, code};
    if (wavelet_stream_pairs(s)) {
        filter_across_planes(s, source, &to, 1);
        return;
    }
    for (int64_t k = 0; k < out->span[2].length; k++) {
        filter_plane(s, source, code, out->span[2].lo + k, out->span, stream_begin(s, &to, 0, k));
        end(s, &to, 0, k, 1);
    }
}

void wavelet_stream_pair(const struct wavelet_stream *s, const struct wavelet_source *source,
                         unsigned code, const struct cube *out, double *low, double *high)
{
    const struct target to[] = {{out, low, code}, {out, high, code + 1}};
    filter_across_planes(s, source, to, 2);
}
