#include "engine/responses/separable_response.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Each plane of the image is filtered along x by every kernel that a term has there, and along y by
 * every pair of kernels; these planes wait in slots for those of the response that need them, which
 * are sums of lines of theirs along z. */
struct pair {
    int x, y; /* kernels along x (its place among `x`) and y */
};

struct stream {
    const struct separable *filter;
    const struct source *source;
    struct border border;
    struct box reach, wanted;

    int n_x, n_pairs;
    int x[SEPARABLE_KERNELS];
    struct pair pair[SEPARABLE_TERMS];
    int pair_of[SEPARABLE_TERMS]; /* of each term */

    int64_t beyond, reach_z; /* voxels that any kernel reaches; 0 along z in two dimensions */
    struct border_line x_line, y_line; /* the voxels from wanted.lo - beyond on */
    double *plane;                     /* of the image, on reach */
    double *line;  /* of `plane` with what lies beyond its ends, or some of the response */
    double *along; /* [n_x] planes: wanted along x, reach along y */

    int64_t n_slots, *held; /* which plane of the image each slot has; -1: none */
    double *slot;           /* [n_slots][n_pairs] planes as wanted */
};

static int64_t plane_voxels(const struct stream *s)
{
    return s->wanted.size[0] * s->wanted.size[1];
}

static int place_x(struct stream *s, int kernel)
{
    for (int i = 0; i < s->n_x; i++)
        if (s->x[i] == kernel)
            return i;
    s->x[s->n_x] = kernel;
    return s->n_x++;
}

static void plan_terms(struct stream *s)
{
    for (int t = 0; t < s->filter->n_terms; t++) {
        const int *kernel = s->filter->term[t].kernel[0];
        const struct pair pair = {place_x(s, kernel[0]), kernel[1]};
        int i = 0;
        while (i < s->n_pairs && (s->pair[i].x != pair.x || s->pair[i].y != pair.y))
            i++;
        s->pair[i] = pair;
        s->n_pairs = i < s->n_pairs ? s->n_pairs : i + 1;
        s->pair_of[t] = i;
    }
}

static bool map_axis(struct stream *s, int axis, struct border_line *l, struct err *e)
{
    return border_line_open(l, &s->border, axis, s->wanted.lo[axis] - s->beyond,
                            s->wanted.size[axis] + 2 * s->beyond, e);
}

static bool stream_open(struct stream *s, struct err *e)
{
    plan_terms(s);
    s->beyond = separable_beyond(s->filter, 0, s->source->dims);
    s->reach_z = s->source->dims == 3 ? s->beyond : 0;
    s->n_slots = 2 * s->reach_z + CONVOLVE_TOGETHER;
    if (s->n_slots > s->reach.size[2])
        s->n_slots = s->reach.size[2];
    s->held = mem_array((size_t)s->n_slots, sizeof *s->held, e);
    s->line = mem_array((size_t)(CONVOLVE_TOGETHER * s->wanted.size[0] + 2 * s->beyond),
                        sizeof *s->line, e);
    s->plane = mem_big_unset((size_t)(s->reach.size[0] * s->reach.size[1]), sizeof *s->plane, e);
    s->along =
        mem_big_unset((size_t)(s->n_x * s->wanted.size[0] * s->reach.size[1]), sizeof *s->along, e);
    s->slot =
        mem_big_unset((size_t)(s->n_slots * s->n_pairs * plane_voxels(s)), sizeof *s->slot, e);
    for (int64_t i = 0; s->held && i < s->n_slots; i++)
        s->held[i] = -1;
    return map_axis(s, 0, &s->x_line, e) && map_axis(s, 1, &s->y_line, e) && s->held && s->line &&
           s->plane && s->along && s->slot;
}

static void stream_close(struct stream *s)
{
    border_line_close(&s->x_line);
    border_line_close(&s->y_line);
    free(s->held);
    free(s->line);
    mem_big_free(s->plane);
    mem_big_free(s->along);
    mem_big_free(s->slot);
}

static void filter_along(struct stream *s)
{
    int64_t width = s->wanted.size[0], height = s->reach.size[1];
    struct tap tap[KERNEL_MAX];
    for (int64_t y = 0; y < height; y++) {
        border_line_read(&s->x_line, s->plane + y * s->reach.size[0] - s->reach.lo[0], s->line);
        for (int i = 0; i < s->n_x; i++) {
            const struct kernel *k = &s->filter->kernel[s->x[i]];
            int n = 0;
            for (int t = 0; t < k->n; t++)
                if (k->weight[t] != 0)
                    tap[n++] = (struct tap){s->line + s->beyond + k->centre - t, k->weight[t]};
            convolve_lines(tap, n, 0, width, s->along + (i * height + y) * width);
        }
    }
}

/* out: plane of the response's width and height. */
static void filter_across(const struct stream *s, const struct pair *pair, double *out)
{
    int64_t width = s->wanted.size[0], height = s->wanted.size[1];
    const double *from = s->along + (pair->x * s->reach.size[1] - s->reach.lo[1]) * width;
    const struct kernel *k = &s->filter->kernel[pair->y];
    const double *source[KERNEL_MAX + CONVOLVE_TOGETHER];
    double *line[CONVOLVE_TOGETHER];
    for (int64_t y = 0; y < height; y += CONVOLVE_TOGETHER) {
        int lines = (int)(height - y < CONVOLVE_TOGETHER ? height - y : CONVOLVE_TOGETHER);
        for (int q = 0; q < lines + k->n - 1; q++) {
            int64_t at = s->y_line.at[s->beyond + y + q - kernel_before(k)];
            source[q] = at < 0 ? NULL : from + at * width;
        }
        for (int r = 0; r < lines; r++)
            line[r] = out + (y + r) * width;
        convolve_across(k, source, lines, 0, width, line);
    }
}

/* Plane z of the image, filtered by every pair of kernels, goes into a slot. */
static void fill_slot(struct stream *s, int64_t z, int64_t slot)
{
    struct box box = s->reach;
    box.lo[2] = z;
    box.size[2] = 1;
    volume_read_box(s->source->image, &box, s->plane);
    filter_along(s);
    for (int i = 0; i < s->n_pairs; i++)
        filter_across(s, &s->pair[i], s->slot + (slot * s->n_pairs + i) * plane_voxels(s));
    s->held[slot] = z;
}

/* Where plane z + offset of the image is read for plane z of the response; -1: 0. */
static int64_t plane_at(const struct stream *s, int64_t z, int64_t offset)
{
    return border_index(s->border.rule, z + offset, s->border.size[2]);
}

static int64_t slot_with(const struct stream *s, int64_t z)
{
    for (int64_t i = 0; i < s->n_slots; i++)
        if (s->held[i] == z)
            return i;
    return -1;
}

/* A slot whose plane the response's planes z .. z + planes - 1 do not need. There is one: as many
 * planes are needed at most as there are slots. */
static int64_t slot_to_spare(const struct stream *s, int64_t z, int planes)
{
    int64_t beyond = s->reach_z;
    for (int64_t i = 0; i < s->n_slots; i++) {
        bool needed = false;
        for (int64_t offset = -beyond; !needed && offset < beyond + planes; offset++)
            needed = s->held[i] >= 0 && s->held[i] == plane_at(s, z, offset);
        if (!needed)
            return i;
    }
    return 0;
}

static void fill_slots(struct stream *s, int64_t z, int planes)
{
    for (int64_t offset = -s->reach_z; offset < s->reach_z + planes; offset++) {
        int64_t at = plane_at(s, z, offset);
        if (at >= 0 && slot_with(s, at) < 0)
            fill_slot(s, at, slot_to_spare(s, z, planes));
    }
}

/* The kernel that a term has along z; in two dimensions the plane is as it is. */
static const struct kernel *kernel_of_term(const struct stream *s, int t)
{
    static const struct kernel as_it_is = {.n = 1, .step = 1, .weight = {1}};
    return s->source->dims == 2 ? &as_it_is : &s->filter->kernel[s->filter->term[t].kernel[0][2]];
}

/* Adds term t to the planes z .. z + planes - 1 of the response. The first term is what there is:
 * its sums begin with 0, so that none is -0, and adding one to 0 changes nothing. */
static void add_term(struct stream *s, int t, int64_t z, int planes, double *out)
{
    const struct separable *f = s->filter;
    const struct kernel *k = kernel_of_term(s, t);
    const double *source[KERNEL_MAX + CONVOLVE_TOGETHER];
    int64_t width = s->wanted.size[0], n = plane_voxels(s);
    double *line[CONVOLVE_TOGETHER];
    for (int q = 0; q < planes + k->n - 1; q++) {
        int64_t at = plane_at(s, z, q - kernel_before(k));
        source[q] = at < 0 ? NULL : s->slot + (slot_with(s, at) * s->n_pairs + s->pair_of[t]) * n;
    }
    bool direct = t == 0 && f->term[t].sign > 0;
    for (int64_t at = 0; at < n; at += width) {
        for (int r = 0; r < planes; r++)
            line[r] = direct ? out + r * n + at : s->line + r * width;
        convolve_across(k, source, planes, at, width, line);
        for (int r = 0; r < planes && !direct; r++)
            separable_pool(t == 0 ? POOL_SUM : f->pooling, line[r], f->term[t].sign, width,
                           out + r * n + at);
    }
}

static void make_planes(struct stream *s, int64_t z, int planes, double *out)
{
    const struct separable *f = s->filter;
    int64_t n = planes * plane_voxels(s);
    if (f->term[0].sign < 0)
        memset(out, 0, (size_t)n * sizeof *out);
    fill_slots(s, z, planes);
    for (int t = 0; t < f->n_terms; t++)
        add_term(s, t, z, planes, out);
    for (int64_t i = 0; f->pooling == POOL_MEAN && i < n; i++)
        out[i] /= f->n_terms;
}

static bool by_planes(const struct separable *filter, const struct source *source,
                      const struct box *reach, const struct box *wanted, struct patch *out,
                      struct err *e)
{
    struct stream s = {.filter = filter,
                       .source = source,
                       .border = source_border(source),
                       .reach = *reach,
                       .wanted = *wanted};
    bool good = patch_alloc_unset(out, wanted, e) && stream_open(&s, e);
    for (int64_t z = 0; good && z < wanted->size[2]; z += CONVOLVE_TOGETHER) {
        int64_t left = wanted->size[2] - z;
        make_planes(&s, wanted->lo[2] + z,
                    (int)(left < CONVOLVE_TOGETHER ? left : CONVOLVE_TOGETHER),
                    out->value + z * plane_voxels(&s));
    }
    stream_close(&s);
    if (!good)
        patch_free(out);
    return good;
}

bool separable_response(const struct separable *s, const struct source *source,
                        const struct box *wanted, struct patch *out, struct err *e)
{
    struct border border = source_border(source);
    struct box reach = separable_reach(s, &border, source->dims, wanted);
    if (s->levels == 1)
        return by_planes(s, source, &reach, wanted, out, e);
    struct patch in;
    if (!source_read(source, &reach, &in, e))
        return false;
    bool good = separable_of_patch(s, &in, &border, source->dims, wanted, out, e);
    patch_free(&in);
    return good;
}
