#include "engine/responses/separable_response.h"

#include "base/mem.h"
#include "engine/responses/plane_slots.h"
#include "engine/responses/separable_plane.h"

#include <stdlib.h>

/* Filtered planes (separable_plane.h) wait in slots for the planes of the response that are sums of
 * them along z. They are read once for all planes that are made together; a short kernel reads few,
 * and they had better stay in the cache. */
enum { TOGETHER_LEAST = 4, TOGETHER_MOST = 16, PART = 256 };

struct stream {
    struct separable_plane plane;
    double *out;             /* the response's first voxel */
    int64_t row, plane_step; /* from there to the next row, and to the next plane */

    int64_t reach_z;  /* planes that a kernel reaches; 0 in two dimensions */
    int64_t together; /* planes of the response that are made at a time */
    struct plane_slots slots;
    double *slot;        /* [slots.n][plane.n_pairs] planes */
    double *part;        /* [together][PART] of the response, before they are pooled */
    const double **read; /* planes that a pass along z reads */
};

static int64_t planes_together(const struct stream *s)
{
    int64_t n = s->reach_z / TOGETHER_LEAST * TOGETHER_LEAST;
    n = n < TOGETHER_LEAST ? TOGETHER_LEAST : n < TOGETHER_MOST ? n : TOGETHER_MOST;
    return n < s->plane.wanted.size[2] ? n : s->plane.wanted.size[2];
}

static bool stream_open(struct stream *s, const struct separable *filter,
                        const struct source *source, const struct box *wanted, struct err *e)
{
    if (!separable_plane_open(&s->plane, filter, source, wanted, e))
        return false;
    const struct separable_plane *p = &s->plane;
    s->reach_z = source->dims == 3 ? p->beyond : 0;
    s->together = planes_together(s);
    int64_t n = 2 * s->reach_z + s->together, planes = p->reach.size[2];
    n = n < planes ? n : planes;
    s->part = mem_array((size_t)(s->together * PART), sizeof *s->part, e);
    s->read = mem_array((size_t)(s->together + KERNEL_MAX), sizeof *s->read, e);
    s->slot =
        mem_big_unset((size_t)(n * p->n_pairs * separable_plane_voxels(p)), sizeof *s->slot, e);
    return s->part && s->read && s->slot &&
           plane_slots_open(&s->slots, n, p->reach.lo[2], planes, e);
}

static void stream_close(struct stream *s)
{
    separable_plane_close(&s->plane);
    plane_slots_close(&s->slots);
    free(s->part);
    free((void *)s->read);
    mem_big_free(s->slot);
}

/* Where plane z + offset of the image is read for plane z of the response; -1: 0. */
static int64_t plane_at(const struct stream *s, int64_t z, int64_t offset)
{
    return border_index(s->plane.border.rule, z + offset, s->plane.border.size[2]);
}

/* The filtered plane of a slot, by pair of kernels. */
static double *slot_at(const struct stream *s, int64_t slot, int pair)
{
    return s->slot + (slot * s->plane.n_pairs + pair) * separable_plane_voxels(&s->plane);
}

/* The planes of the image that planes z .. z + planes - 1 of the response need. */
static void fill_slots(struct stream *s, int64_t z, int planes)
{
    int64_t group = z - s->plane.wanted.lo[2] + 1, end = s->reach_z + planes;
    for (int64_t offset = -s->reach_z; offset < end; offset++) {
        int64_t at = plane_at(s, z, offset);
        if (at >= 0)
            plane_slots_need(&s->slots, at, group);
    }
    for (int64_t offset = -s->reach_z; offset < end; offset++) {
        int64_t at = plane_at(s, z, offset);
        if (at >= 0 && plane_slots_find(&s->slots, at) < 0)
            separable_plane_filter(&s->plane, at,
                                   slot_at(s, plane_slots_take(&s->slots, at, group), 0));
    }
}

/* The kernel that a term has along z; in two dimensions the plane is as it is. */
static const struct kernel *kernel_of_term(const struct stream *s, int t)
{
    static const struct kernel as_it_is = {.n = 1, .step = 1, .weight = {1}};
    const struct separable *f = s->plane.filter;
    return s->plane.source->dims == 2 ? &as_it_is : &f->kernel[f->term[t].kernel[0][2]];
}

/* The next pass reads n voxels further on. */
static void go_on(const struct stream *s, const struct kernel *k, int planes, int64_t n)
{
    for (int q = 0; q < planes + k->n - 1; q++)
        s->read[q] += n;
}

/* Sums of n voxels of each plane, from s->read on, which are pooled part by part. */
static void pool_parts(const struct stream *s, int t, int planes, int64_t n, double *out)
{
    const struct separable *f = s->plane.filter;
    const struct kernel *k = kernel_of_term(s, t);
    for (int64_t at = 0; at < n; at += PART) {
        int64_t size = n - at < PART ? n - at : PART;
        convolve_across(k, s->plane.finite, s->read, planes, size, s->part, PART);
        for (int r = 0; r < planes; r++)
            separable_pool(t == 0 ? POOL_SUM : f->pooling, s->part + r * PART, f->term[t].sign,
                           size, out + r * s->plane_step + at);
        go_on(s, k, planes, size);
    }
}

/* The first term is what there is: its sums begin with 0, so that none is -0, and adding one to 0
 * changes nothing. */
static void add_voxels(const struct stream *s, int t, int planes, int64_t n, double *out)
{
    const struct kernel *k = kernel_of_term(s, t);
    if (t > 0 || s->plane.filter->term[t].sign < 0) {
        pool_parts(s, t, planes, n, out);
        return;
    }
    convolve_across(k, s->plane.finite, s->read, planes, n, out, s->plane_step);
    go_on(s, k, planes, n);
}

/* Adds term t to the planes z .. z + planes - 1 of the response. */
static void add_term(const struct stream *s, int t, int64_t z, int planes)
{
    const struct kernel *k = kernel_of_term(s, t);
    double *out = s->out + (z - s->plane.wanted.lo[2]) * s->plane_step;
    int64_t width = s->plane.wanted.size[0];
    for (int q = 0; q < planes + k->n - 1; q++) {
        int64_t at = plane_at(s, z, q - kernel_before(k));
        s->read[q] = at < 0 ? s->plane.zeros
                            : slot_at(s, plane_slots_find(&s->slots, at), s->plane.pair_of[t]);
    }
    if (s->row == width) /* rows that lie behind each other are one */
        add_voxels(s, t, planes, separable_plane_voxels(&s->plane), out);
    for (int64_t y = 0; s->row > width && y < s->plane.wanted.size[1]; y++)
        add_voxels(s, t, planes, width, out + y * s->row);
}

/* The columns of `wanted` in `out`, which has more of them beside. */
static bool make_columns(const struct separable *filter, const struct source *source,
                         const struct box *wanted, struct patch *out, struct err *e)
{
    struct stream s = {.out = out->value + wanted->lo[0] - out->box.lo[0],
                       .row = patch_stride(out, 1),
                       .plane_step = patch_stride(out, 2)};
    bool good = stream_open(&s, filter, source, wanted, e);
    int64_t end = wanted->lo[2] + wanted->size[2];
    for (int64_t z = wanted->lo[2]; good && z < end; z += s.together) {
        int planes = (int)(end - z < s.together ? end - z : s.together);
        fill_slots(&s, z, planes);
        for (int t = 0; t < filter->n_terms; t++)
            add_term(&s, t, z, planes);
    }
    stream_close(&s);
    return good;
}

/* How many columns are made at a time: with a long kernel not all, so that the slots stay in a
 * cache. */
static int64_t columns_together(const struct separable *f, const struct source *source,
                                const struct box *wanted)
{
    enum { MOST = 12 << 20, BYTES = 8 << 20, LEAST = 32 };
    int64_t slots = 2 * separable_beyond(f, 0, source->dims) + TOGETHER_MOST;
    int64_t column = slots * wanted->size[1] * f->n_terms * (int64_t)sizeof(double);
    int64_t n = BYTES / column / LEAST * LEAST;
    if (column * wanted->size[0] <= MOST)
        return wanted->size[0];
    return n < LEAST ? LEAST : n;
}

static bool by_columns(const struct separable *filter, const struct source *source,
                       const struct box *wanted, struct patch *out, struct err *e)
{
    bool negative = filter->term[0].sign < 0; /* then it is taken away from zeros */
    if (!(negative ? patch_alloc(out, wanted, e) : patch_alloc_unset(out, wanted, e)))
        return false;
    int64_t width = wanted->size[0], columns = columns_together(filter, source, wanted);
    bool good = true;
    for (int64_t x = 0; good && x < width; x += columns) {
        struct box some = *wanted;
        some.lo[0] += x;
        some.size[0] = width - x < columns ? width - x : columns;
        good = make_columns(filter, source, &some, out, e);
    }
    int64_t n = good && filter->pooling == POOL_MEAN ? box_voxels(wanted) : 0;
    for (int64_t i = 0; i < n; i++)
        out->value[i] /= filter->n_terms;
    if (!good)
        patch_free(out);
    return good;
}

bool separable_response(const struct separable *s, const struct source *source,
                        const struct box *wanted, struct patch *out, struct err *e)
{
    if (s->levels == 1)
        return by_columns(s, source, wanted, out, e);
    struct border border = source_border(source);
    struct box reach = separable_reach(s, &border, source->dims, wanted);
    struct patch in;
    if (!source_read(source, &reach, &in, e))
        return false;
    bool good = separable_of_patch(s, &in, &border, source->dims, wanted, out, e);
    patch_free(&in);
    return good;
}
