/* LoG (specification 5.2): ITK's Laplacian by recursive Gaussians, one response per sigma, to the
 * float32 bit.
 *
 * Per axis: the second derivative along it, then smoothing along the others, each line filter in
 * double and its result rounded to float32. A recursion runs along whole lines, but what it
 * remembers decays: beyond recursive_gaussian_reach (about 27 sigma) nothing is left that a double
 * could hold. So a box in a larger image is filtered with a halo of that width, and every pass
 * computes only the lines that the next one reads. */
#include "base/log.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/simd.h"
#include "engine/filters/bank.h"
#include "engine/filters/recursive_gaussian.h"

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

static bool log_names(const struct settings *s, int dims, struct str_list *out, struct err *e)
{
    (void)dims, (void)e;
    char name[sizeof((struct response *)0)->name];
    for (int i = 0; i < s->sigma_mm.n; i++) {
        log_name(&s->sigma_mm, i, name, sizeof name);
        str_list_add(out, name);
    }
    return true;
}

static void log_halo(const struct grid *g, const struct settings *s, int64_t voxels[3])
{
    for (int a = 0; a < 3; a++) {
        voxels[a] = 0;
        for (int i = 0; a < g->dims && i < s->sigma_mm.n; i++) {
            int64_t reach = recursive_gaussian_reach(s->sigma_mm.item[i], g->spacing_mm[a]);
            voxels[a] = reach > voxels[a] ? reach : voxels[a];
        }
    }
}

/* A box of float32 voxels between two passes; data NULL stands for the image itself. */
struct block {
    struct box box;
    float *data;
};

/* An image of these voxels at most is copied to float32 before the three first passes read it. */
enum { MOST_COPIED = 8 << 20 };

struct passes {
    const struct volume *image;
    struct box wanted;
    struct block source;     /* the wanted box with the halo; its data: a copy, or NULL */
    struct block between[2]; /* results of the first and third pass, and of the second */
    double *x, *y, *w;       /* lines of the longest axis */
};

/* LINES lines side by side: along `axis`, neighbours in `across` (x, or y for lines along x). */
struct group {
    int axis, across;
    int64_t lines; /* fewer than LINES only where the block is narrower */
    struct box box;
};

/* Samples of neighbouring lines lie in one cache line, the next sample often in another page, where
 * no hardware looks ahead: the lines after these are asked for here. */
enum { AHEAD = 2 * LINES };

/* Eight neighbours in x per sample; samples are `stride` apart. */
SIMD_CLONES
static void widen_across(const float *restrict from, int64_t stride, int64_t n, double *restrict x)
{
    for (int64_t i = 0; i < n; i++) {
        __builtin_prefetch(from + i * stride + AHEAD);
        for (int64_t l = 0; l < LINES; l++)
            x[i * LINES + l] = from[i * stride + l];
    }
}

/* y + w of eight neighbours in x, rounded to float32. */
SIMD_CLONES
static void narrow_across(const double *restrict y, const double *restrict w, int64_t n,
                          int64_t stride, float *restrict to)
{
    for (int64_t i = 0; i < n; i++) {
        __builtin_prefetch(to + i * stride + AHEAD, 1);
        for (int64_t l = 0; l < LINES; l++)
            to[i * stride + l] = (float)(y[i * LINES + l] + w[i * LINES + l]);
    }
}

/* Four samples of four lines change places. */
typedef float four __attribute__((vector_size(16)));
enum { FOUR = 4 };

static inline void transpose(four r[FOUR])
{
    four a = __builtin_shufflevector(r[0], r[1], 0, 4, 1, 5);
    four b = __builtin_shufflevector(r[2], r[3], 0, 4, 1, 5);
    four c = __builtin_shufflevector(r[0], r[1], 2, 6, 3, 7);
    four d = __builtin_shufflevector(r[2], r[3], 2, 6, 3, 7);
    r[0] = __builtin_shufflevector(a, b, 0, 1, 4, 5);
    r[1] = __builtin_shufflevector(a, b, 2, 3, 6, 7);
    r[2] = __builtin_shufflevector(c, d, 0, 1, 4, 5);
    r[3] = __builtin_shufflevector(c, d, 2, 3, 6, 7);
}

/* LINES lines of neighbouring samples, `next` apart; the first n / FOUR * FOUR of each. */
SIMD_CLONES
static void widen_along(const float *restrict from, int64_t next, int64_t n, double *restrict x)
{
    for (int64_t i = 0; i + FOUR <= n; i += FOUR)
        for (int64_t l = 0; l < LINES; l += FOUR) {
            four r[FOUR];
            for (int k = 0; k < FOUR; k++)
                memcpy(&r[k], from + (l + k) * next + i, sizeof r[k]);
            transpose(r);
            for (int k = 0; k < FOUR; k++)
                for (int m = 0; m < FOUR; m++)
                    x[(i + k) * LINES + l + m] = r[k][m];
        }
}

SIMD_CLONES
static void narrow_along(const double *restrict y, const double *restrict w, int64_t n,
                         int64_t next, float *restrict to)
{
    for (int64_t i = 0; i + FOUR <= n; i += FOUR)
        for (int64_t l = 0; l < LINES; l += FOUR) {
            four r[FOUR];
            for (int k = 0; k < FOUR; k++)
                for (int m = 0; m < FOUR; m++) {
                    int64_t at = (i + k) * LINES + l + m;
                    r[k][m] = (float)(y[at] + w[at]);
                }
            transpose(r);
            for (int k = 0; k < FOUR; k++)
                memcpy(to + (l + k) * next + i, &r[k], sizeof r[k]);
        }
}

/* Samples of fewer or of other lines: line l at from + l * next. */
static void widen_lines(const float *from, int64_t along, int64_t next, int64_t lines, int64_t n,
                        double *x)
{
    bool whole = along == 1 && lines == LINES;
    if (whole)
        widen_along(from, next, n, x);
    for (int64_t l = 0; l < LINES; l++) {
        const float *line = from + (l < lines ? l : 0) * next;
        for (int64_t i = whole ? n / FOUR * FOUR : 0; i < n; i++)
            x[i * LINES + l] = line[i * along];
    }
}

static void narrow_lines(const double *y, const double *w, int64_t n, int64_t along, int64_t next,
                         int64_t lines, float *to)
{
    bool whole = along == 1 && lines == LINES;
    if (whole)
        narrow_along(y, w, n, next, to);
    for (int64_t l = 0; l < lines; l++)
        for (int64_t i = whole ? n / FOUR * FOUR : 0; i < n; i++)
            to[i * along + l * next] = (float)(y[i * LINES + l] + w[i * LINES + l]);
}

/* The image's voxels, whatever their type, through a buffer where they have to change places. */
static void read_image(const struct passes *p, const struct group *g, double *x)
{
    int64_t n = g->box.size[g->axis];
    if (g->axis != 0 && g->lines == LINES) {
        volume_read_box(p->image, &g->box, x);
        return;
    }
    volume_read_box(p->image, &g->box, p->y);
    int64_t along = g->axis == 0 ? 1 : g->lines, next = g->axis == 0 ? n : 1;
    for (int64_t i = 0; i < n; i++)
        for (int64_t l = 0; l < LINES; l++)
            x[i * LINES + l] = p->y[i * along + (l < g->lines ? l : 0) * next];
}

/* First voxel of a group in a block that holds it, with the steps to the next sample and line. */
static float *locate(const struct block *b, const struct group *g, int64_t *along, int64_t *next)
{
    const int64_t stride[3] = {1, b->box.size[0], b->box.size[0] * b->box.size[1]};
    float *at = b->data;
    for (int a = 0; a < 3; a++)
        if (a != g->axis)
            at += (g->box.lo[a] - b->box.lo[a]) * stride[a];
    *along = stride[g->axis];
    *next = stride[g->across];
    return at;
}

static void read_group(const struct passes *p, const struct block *from, const struct group *g)
{
    double *x = p->x + LINE_BEFORE * LINES;
    int64_t n = g->box.size[g->axis], along, next;
    if (!from->data) {
        read_image(p, g, x);
        return;
    }
    const float *first = locate(from, g, &along, &next);
    if (next == 1 && g->lines == LINES)
        widen_across(first, along, n, x);
    else
        widen_lines(first, along, next, g->lines, n, x);
}

/* Results of the group into its place in `to`, rounded to float32. */
static void write_group(const struct passes *p, const struct group *g, const struct block *to)
{
    int64_t n = to->box.size[g->axis], along, next;
    int64_t skip = (to->box.lo[g->axis] - g->box.lo[g->axis]) * LINES;
    float *first = locate(to, g, &along, &next);
    if (next == 1 && g->lines == LINES)
        narrow_across(p->y + skip, p->w + skip, n, along, first);
    else
        narrow_lines(p->y + skip, p->w + skip, n, along, next, g->lines, first);
}

/* One line filter over all lines of `from`; `to` is the part of it that is wanted along the axis.
 */
static void filter_lines(const struct passes *p, const struct recursive_gaussian *kernel, int axis,
                         const struct block *from, const struct block *to)
{
    struct group g = {.axis = axis, .across = axis == 0 ? 1 : 0, .box = from->box};
    int outer = axis == 2 ? 1 : 2;
    int64_t width = from->box.size[g.across], n = from->box.size[axis];
    int64_t first = to->box.lo[axis] - from->box.lo[axis];
    g.lines = width < LINES ? width : LINES;
    g.box.size[g.across] = g.lines;
    g.box.size[outer] = 1;
    for (int64_t o = 0; o < from->box.size[outer]; o++)
        for (int64_t at = 0; at < width; at += LINES) {
            /* the last group overlaps its neighbour, so that it is full */
            int64_t start = at + g.lines > width ? width - g.lines : at;
            g.box.lo[g.across] = from->box.lo[g.across] + start;
            g.box.lo[outer] = from->box.lo[outer] + o;
            read_group(p, from, &g);
            recursive_gaussian_lines(kernel, p->x, n, first, first + to->box.size[axis], p->y,
                                     p->w);
            write_group(p, &g, to);
        }
}

/* The passes for one axis of the Laplacian: its second derivative first, then the smoothing. */
static const struct block *one_axis(struct passes *p, int derivative, double sigma_mm)
{
    const struct grid *g = &p->image->grid;
    const struct block *from = &p->source;
    int order[3] = {derivative, 0, 0}, n = 1;
    for (int a = 0; a < g->dims; a++)
        if (a != derivative)
            order[n++] = a;
    for (int k = 0; k < n; k++) {
        int a = order[k];
        struct block *to = &p->between[k % 2];
        struct recursive_gaussian kernel =
            recursive_gaussian(k == 0 ? 2 : 0, sigma_mm, g->spacing_mm[a]);
        to->box = from->box;
        to->box.lo[a] = p->wanted.lo[a];
        to->box.size[a] = p->wanted.size[a];
        filter_lines(p, &kernel, a, from, to);
        from = to;
    }
    return from;
}

/* Adds one axis's term to the sum, which is rounded to float32. */
SIMD_CLONES
static void add_term(const float *restrict term, double weight, int64_t n, double *restrict value)
{
    for (int64_t i = 0; i < n; i++)
        value[i] = (double)(float)(value[i] + term[i] * weight);
}

/* value: the sum over the axes. */
static void laplacian(struct passes *p, double sigma_mm, double *value)
{
    const struct grid *g = &p->image->grid;
    int64_t n = box_voxels(&p->wanted);
    memset(value, 0, (size_t)n * sizeof *value);
    for (int a = 0; a < g->dims; a++) {
        const float *term = one_axis(p, a, sigma_mm)->data;
        const double weight = 1 / (g->spacing_mm[a] * g->spacing_mm[a]);
        add_term(term, weight, n, value);
    }
}

static void free_passes(struct passes *p)
{
    for (int k = 0; k < 2; k++)
        mem_big_free(p->between[k].data);
    mem_big_free(p->source.data);
    mem_big_free(p->x);
    mem_big_free(p->y);
    mem_big_free(p->w);
}

/* Largest results of pass k, whichever axis comes first: k + 1 axes cut to the wanted box. */
static int64_t room_after(const struct passes *p, int k, int dims)
{
    int64_t room = 0;
    for (int left = 0; left < 3; left++) {
        int64_t voxels = 1;
        for (int a = 0; a < 3; a++) {
            bool cut = k == 0 ? a == left : k == 1 ? a != left : true;
            voxels *= cut || a >= dims ? p->wanted.size[a] : p->source.box.size[a];
        }
        room = voxels > room ? voxels : room;
    }
    return room;
}

/* Whether float32 holds every value of the type. */
static bool fits_float(enum pixel_type t)
{
    return t == PIXEL_F32 || (!pixel_is_float(t) && pixel_size(t) <= 2);
}

SIMD_CLONES
static void narrow(const double *restrict from, int64_t n, float *restrict to)
{
    for (int64_t i = 0; i < n; i++)
        to[i] = (float)from[i];
}

/* The source as float32, where it is small and nothing is lost: the passes then read whole lines
 * instead of runs of a few voxels. */
static bool copy_source(struct passes *p, struct err *e)
{
    const struct box *b = &p->source.box;
    int64_t n = b->size[0];
    if (!fits_float(p->image->type) || box_voxels(b) > MOST_COPIED)
        return true;
    float *to = mem_big((size_t)box_voxels(b), sizeof *to, e);
    p->source.data = to;
    struct box row = {{b->lo[0], 0, 0}, {n, 1, 1}};
    for (int64_t k = 0; to && k < b->size[2]; k++)
        for (int64_t j = 0; j < b->size[1]; j++, to += n) {
            row.lo[1] = b->lo[1] + j;
            row.lo[2] = b->lo[2] + k;
            volume_read_box(p->image, &row, p->x);
            narrow(p->x, n, to);
        }
    return p->source.data != NULL;
}

static bool alloc_passes(struct passes *p, const struct filter_input *in, double sigma_mm,
                         struct err *e)
{
    const struct grid *g = &in->view->image.grid;
    int64_t longest = 0;
    bool ok = true;
    *p = (struct passes){.image = &in->view->image, .wanted = in->box, .source = {in->box, NULL}};
    for (int a = 0; a < g->dims; a++) {
        int64_t reach = recursive_gaussian_reach(sigma_mm, g->spacing_mm[a]);
        p->source.box = box_grown(&p->source.box, a, reach, g->size[a]);
        longest = p->source.box.size[a] > longest ? p->source.box.size[a] : longest;
    }
    for (int k = 0; ok && k < 2; k++) {
        p->between[k].data = mem_big((size_t)room_after(p, k, g->dims), sizeof(float), e);
        ok = p->between[k].data != NULL;
    }
    size_t samples = (size_t)(longest + LINE_BEFORE + LINE_AFTER) * LINES;
    ok = ok && (p->x = mem_big(samples, sizeof *p->x, e)) != NULL &&
         (p->y = mem_big(samples, sizeof *p->y, e)) != NULL &&
         (p->w = mem_big(samples, sizeof *p->w, e)) != NULL && copy_source(p, e);
    if (!ok)
        free_passes(p);
    return ok;
}

struct run {
    struct filter_input in;
    int at; /* next sigma */
};

static bool log_open(const struct filter_input *in, void **state, struct err *e)
{
    struct run *r = mem_array(1, sizeof *r, e);
    if (!r)
        return false;
    r->in = *in;
    *state = r;
    return true;
}

static void log_close(void *state)
{
    free(state);
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

static bool log_next(void *state, struct response *out, double *value, bool *more, struct err *e)
{
    struct run *r = state;
    const struct real_list *sigma = &r->in.settings->sigma_mm;
    for (; r->at < sigma->n; r->at++) {
        const char *why = refusal(&r->in.view->image.grid, sigma->item[r->at]);
        if (!why)
            break;
        log_warning("LoG with sigma %g mm left out: %s", sigma->item[r->at], why);
    }
    *more = r->at < sigma->n;
    if (!*more)
        return true;
    struct passes p;
    if (!alloc_passes(&p, &r->in, sigma->item[r->at], e))
        return false;
    laplacian(&p, sigma->item[r->at], value);
    free_passes(&p);
    out->type = PIXEL_F32;
    log_name(sigma, r->at, out->name, sizeof out->name);
    r->at++;
    return true;
}

const struct filter filter_log = {"LoG", log_names, log_halo, log_open, log_next, log_close};
