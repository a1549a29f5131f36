/* LoG (specification 5.2): ITK's Laplacian by recursive Gaussians, one response per sigma, to the
 * float32 bit.
 *
 * Per axis: the second derivative along it, then smoothing along the others, each line filter in
 * double and its result rounded to float32. A recursion runs along whole lines, but what it
 * remembers decays: beyond recursive_gaussian_reach (about 27 sigma) nothing is left that a double
 * could hold. So a box in a larger image is filtered with a halo of that width, and every pass
 * computes only the lines that the next one reads. The two first passes go plane by plane, which
 * stays in the cache between them. */
#include "engine/filters/laplacian.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/simd.h"
#include "engine/filters/bank.h"
#include "engine/filters/line_passes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MIN_SIDE = 4 }; /* of the image, for the recursion to start */

static void log_name(const struct real_list *sigma, int i, char *out, size_t room)
{
    char text[NUM_TEXT];
    if (sigma->is_int && sigma->is_int[i])
        snprintf(text, sizeof text, "%.0f", sigma->item[i]);
    else
        num_format(sigma->item[i], text);
    for (char *dot = strchr(text, '.'); dot; dot = strchr(dot, '.'))
        *dot = '-';
    snprintf(out, room, "log-sigma-%s-mm-3D", text);
}

static bool log_names(const struct filter_settings *s, int dims, struct str_list *out,
                      struct err *e)
{
    const struct log_settings *own = s->own;
    (void)dims, (void)e;
    char name[sizeof((struct response *)0)->name];
    for (int i = 0; i < own->sigma_mm.n; i++) {
        log_name(&own->sigma_mm, i, name, sizeof name);
        str_list_add(out, name);
    }
    return true;
}

static void log_halo(const struct grid *g, const struct filter_settings *s, int64_t voxels[3])
{
    const struct log_settings *own = s->own;
    for (int a = 0; a < 3; a++) {
        voxels[a] = 0;
        for (int i = 0; a < g->dims && i < own->sigma_mm.n; i++) {
            int64_t reach = recursive_gaussian_reach(own->sigma_mm.item[i], g->spacing_mm[a]);
            voxels[a] = reach > voxels[a] ? reach : voxels[a];
        }
    }
}

/* An image of these voxels at most is copied to float32 before the first passes read it. */
enum { MOST_COPIED = 8 << 20 };

struct log_run {
    struct filter_input in;
    const struct real_list *sigma; /* mm */
    int at;                        /* next sigma */
    struct block source;           /* the box with the halo of every sigma; data: a copy, or NULL */
    struct block plane;            /* results of a first pass, for one plane */
    struct block between[2];       /* results of the second */
    float *sum;                    /* of the axes so far, of the box */
    uint8_t *columns[3];           /* the mask seen along y and along z; NULL: all values matter */
    struct line_work work;
};

/* The box with the halo of a sigma. */
static struct box reach_of(const struct filter_input *in, double sigma_mm)
{
    const struct grid *g = &in->view->image.grid;
    struct box b = in->box;
    for (int a = 0; a < g->dims; a++)
        b = box_grown(&b, a, recursive_gaussian_reach(sigma_mm, g->spacing_mm[a]), g->size[a]);
    return b;
}

/* b, along one axis as far as `part` goes. */
static struct box cut_to(struct box b, int axis, const struct box *part)
{
    b.lo[axis] = part->lo[axis];
    b.size[axis] = part->size[axis];
    return b;
}

static struct recursive_gaussian kernel_along(const struct log_run *r, int order, int axis)
{
    double sigma_mm = r->sigma->item[r->at];
    return recursive_gaussian(order, sigma_mm, r->in.view->image.grid.spacing_mm[axis]);
}

/* The smoothing along `axis` that completes the term of the derivative along another. */
static struct term last_term(const struct log_run *r, int axis, int derivative,
                             const struct block *from)
{
    double spacing_mm = r->in.view->image.grid.spacing_mm[derivative];
    return (struct term){kernel_along(r, 0, axis), from, 1 / (spacing_mm * spacing_mm)};
}

/* The second derivative along one axis of a plane into r->plane. */
static void derive_plane(struct log_run *r, int derivative, const struct box *plane)
{
    r->plane.box = cut_to(*plane, derivative, &r->in.box);
    struct term t = {kernel_along(r, 2, derivative), &r->source, 0};
    struct sink to = {.box = r->plane.box, .data = r->plane.data};
    line_pass(&r->work, derivative, plane, &t, 1, &to);
}

/* The derivatives along n axes, each smoothed along the other axis of the planes across `normal`.
 */
static void filter_planes(struct log_run *r, int normal, const int *derivative, int n,
                          const struct box *source)
{
    struct box plane = *source;
    plane.size[normal] = 1;
    for (int i = 0; i < n; i++) {
        int other = 3 - normal - derivative[i];
        r->between[i].box = cut_to(cut_to(*source, derivative[i], &r->in.box), other, &r->in.box);
    }
    for (int64_t k = 0; k < source->size[normal]; k++) {
        plane.lo[normal] = source->lo[normal] + k;
        for (int i = 0; i < n; i++) {
            int other = 3 - normal - derivative[i];
            derive_plane(r, derivative[i], &plane);
            struct term t = {kernel_along(r, 0, other), &r->plane, 0};
            struct sink to = {.box = r->between[i].box, .data = r->between[i].data};
            line_pass(&r->work, other, &r->plane.box, &t, 1, &to);
        }
    }
}

/* ITK derives along an axis first and smooths along the others in their order: z comes last after
 * derivatives along x and y, y after the one along z. */
static void laplacian_3d(struct log_run *r, const struct box *source, double *value)
{
    filter_planes(r, 2, (int[]){0, 1}, 2, source);
    struct term terms[] = {last_term(r, 2, 0, &r->between[0]), last_term(r, 2, 1, &r->between[1])};
    struct sink sum = {.box = r->in.box, .data = r->sum, .wanted = r->columns[2]};
    line_pass(&r->work, 2, &r->between[0].box, terms, 2, &sum);
    filter_planes(r, 1, (int[]){2}, 1, source);
    struct term last = last_term(r, 1, 2, &r->between[0]);
    struct sink all = {.box = r->in.box, .value = value, .sum = r->sum, .wanted = r->columns[1]};
    line_pass(&r->work, 1, &r->between[0].box, &last, 1, &all);
}

static void laplacian_2d(struct log_run *r, const struct box *source, double *value)
{
    for (int derivative = 0; derivative < 2; derivative++) {
        derive_plane(r, derivative, source);
        struct term t = last_term(r, 1 - derivative, derivative, &r->plane);
        struct sink first = {.box = r->in.box, .data = r->sum};
        struct sink all = {.box = r->in.box, .value = value, .sum = r->sum};
        line_pass(&r->work, 1 - derivative, &r->plane.box, &t, 1, derivative ? &all : &first);
    }
}

/* Whether float32 holds every value of the type. */
static bool fits_float(enum pixel_type t)
{
    return t == PIXEL_F32 || (!pixel_is_float(t) && pixel_size(t) <= 2);
}

SIMD_CLONES_512
static void narrow(const double *restrict from, int64_t n, float *restrict to)
{
    for (int64_t i = 0; i < n; i++)
        to[i] = (float)from[i];
}

/* The source as float32, where it is small and nothing is lost: the passes then read whole lines
 * instead of runs of a few voxels. */
static bool copy_source(struct log_run *r, struct err *e)
{
    const struct volume *image = &r->in.view->image;
    const struct box *b = &r->source.box;
    int64_t n = b->size[0];
    if (!fits_float(image->type) || box_voxels(b) > MOST_COPIED)
        return true;
    float *to = mem_big((size_t)box_voxels(b), sizeof *to, e);
    r->source.data = to;
    struct box row = {{b->lo[0], 0, 0}, {n, 1, 1}};
    for (int64_t k = 0; to && k < b->size[2]; k++)
        for (int64_t j = 0; j < b->size[1]; j++, to += n) {
            row.lo[1] = b->lo[1] + j;
            row.lo[2] = b->lo[2] + k;
            volume_read_box(image, &row, r->work.wide);
            narrow(r->work.wide, n, to);
        }
    return r->source.data != NULL;
}

/* Room for the largest results of the first two passes, whichever axis comes first. */
static bool alloc_blocks(struct log_run *r, struct err *e)
{
    const int64_t *whole = r->source.box.size, *cut = r->in.box.size;
    int64_t x_first = cut[0] * whole[1], y_first = whole[0] * cut[1], z_first = whole[0] * cut[2];
    int64_t plane = x_first > y_first ? x_first : y_first;
    int64_t z_left = cut[0] * cut[1] * whole[2], y_left = cut[0] * whole[1] * cut[2];
    plane = z_first > plane ? z_first : plane;
    if (r->in.view->image.grid.dims == 2)
        z_left = y_left = 1;
    for (int i = 0; i < 2; i++) {
        int64_t room = i == 0 && y_left > z_left ? y_left : z_left;
        r->between[i].data = mem_big((size_t)room, sizeof(float), e);
        if (!r->between[i].data)
            return false;
    }
    return (r->plane.data = mem_big((size_t)plane, sizeof(float), e)) != NULL &&
           (r->sum = mem_big((size_t)box_voxels(&r->in.box), sizeof *r->sum, e)) != NULL;
}

SIMD_CLONES_512
static void join(const uint8_t *restrict mask, int64_t n, uint8_t *restrict a, uint8_t *restrict b)
{
    for (int64_t i = 0; i < n; i++) {
        a[i] |= mask[i];
        b[i] |= mask[i];
    }
}

/* Which lines of the last passes meet the ROI. */
static bool find_columns(struct log_run *r, struct err *e)
{
    const int64_t *n = r->in.box.size;
    if (!r->in.inside_only)
        return true;
    uint8_t *y = r->columns[1] = mem_big((size_t)(n[0] * n[2]), 1, e);
    uint8_t *z = y ? r->columns[2] = mem_big((size_t)(n[0] * n[1]), 1, e) : NULL;
    for (int64_t k = 0; z && k < n[2]; k++)
        for (int64_t j = 0; j < n[1]; j++)
            join(r->in.mask + (k * n[1] + j) * n[0], n[0], y + k * n[0], z + j * n[0]);
    return z != NULL;
}

static void log_close(void *state)
{
    struct log_run *r = state;
    mem_big_free(r->source.data);
    mem_big_free(r->plane.data);
    for (int i = 0; i < 2; i++)
        mem_big_free(r->between[i].data);
    mem_big_free(r->sum);
    mem_big_free(r->columns[1]);
    mem_big_free(r->columns[2]);
    line_work_close(&r->work);
    free(r);
}

/* Why this sigma has no response on this grid; NULL when it has one. */
static const char *refusal(const struct grid *g, double sigma_mm)
{
    for (int a = 0; a < g->dims; a++)
        if (g->size[a] < MIN_SIDE)
            return "the image has fewer than 4 voxels along an axis";
    if (!(sigma_mm > 0))
        return "sigma is not positive";
    for (int a = 0; a < g->dims; a++)
        if ((double)g->size[a] < ceil(sigma_mm / g->spacing_mm[a]) + 1)
            return "the image is smaller than sigma along an axis";
    return NULL;
}

static bool log_open(const struct filter_input *in, void **state, struct err *e)
{
    struct log_run *r = mem_array(1, sizeof *r, e);
    if (!r)
        return false;
    r->in = *in;
    *state = r;
    const struct real_list *sigma = &((const struct log_settings *)in->settings.own)->sigma_mm;
    r->sigma = sigma;
    r->source.box = in->box;
    for (int i = 0; i < sigma->n; i++) {
        struct box reached = reach_of(in, sigma->item[i]);
        if (!refusal(&in->view->image.grid, sigma->item[i]))
            box_join(&r->source.box, &reached);
    }
    int64_t longest = 0;
    for (int a = 0; a < 3; a++)
        longest = r->source.box.size[a] > longest ? r->source.box.size[a] : longest;
    if (line_work_open(&r->work, &in->view->image, longest, e) && alloc_blocks(r, e) &&
        copy_source(r, e) && find_columns(r, e))
        return true;
    log_close(r);
    return false;
}

static bool log_next(void *state, struct response *out, double *value, bool *more, struct err *e)
{
    (void)e;
    struct log_run *r = state;
    const struct real_list *sigma = r->sigma;
    for (; r->at < sigma->n; r->at++) {
        const char *why = refusal(&r->in.view->image.grid, sigma->item[r->at]);
        if (!why)
            break;
        log_warning("LoG with sigma %g mm left out: %s", sigma->item[r->at], why);
    }
    *more = r->at < sigma->n;
    if (!*more)
        return true;
    struct box source = reach_of(&r->in, sigma->item[r->at]);
    (r->in.view->image.grid.dims == 2 ? laplacian_2d : laplacian_3d)(r, &source, value);
    out->type = PIXEL_F32;
    out->index = r->at++;
    return true;
}

static const struct log_settings defaults = {{0}};
static const struct key keys[] = {
    {"sigma", KEY_REALS, offsetof(struct log_settings, sigma_mm), NO_FLAG, 0, INFINITY, true,
     .fallback = "[]", .used = key_used_always,
     .summary = "widths of the Gaussian in mm, one image for each"},
    {0},
};

const struct filter filter_log = {
    .name = "LoG",
    .summary = "Laplacian of Gaussian, one image per sigma",
    .settings_bytes = sizeof defaults,
    .defaults = &defaults,
    .keys = keys,
    .names = log_names,
    .halo = log_halo,
    .open = log_open,
    .next = log_next,
    .close = log_close,
};
