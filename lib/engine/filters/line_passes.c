#include "engine/filters/line_passes.h"

#include "base/mem.h"
#include "base/simd.h"

/* LINES lines side by side: along `axis`, neighbours in `across` (x, or y for lines along x). */
struct group {
    int axis, across;
    int64_t lines; /* fewer than LINES only where the block is narrower */
    int64_t done;  /* the first of them that the group before had */
    struct box box;
};

/* First voxel of a group in a box that holds it, with the steps to the next sample and line. */
struct place {
    int64_t first, along, next;
};

static struct place locate(const struct box *b, const struct group *g)
{
    const int64_t stride[3] = {1, b->size[0], b->size[0] * b->size[1]};
    struct place p = {.along = stride[g->axis], .next = stride[g->across]};
    for (int a = 0; a < 3; a++) {
        /* a sink begins later along the axis, with its first sample */
        int64_t skip = g->box.lo[a] - b->lo[a];
        p.first += (skip > 0 ? skip : 0) * stride[a];
    }
    return p;
}

typedef float four __attribute__((vector_size(16)));
enum { FOUR = 4 };

/* A matrix of n x m floats, rows `from_row` apart, into one of m x n; n and m are multiples of
 * FOUR. */
SIMD_CLONES_512
static void transpose_floats(const float *restrict from, int64_t from_row, int64_t n, int64_t m,
                             float *restrict to, int64_t to_row)
{
    for (int64_t i = 0; i < n; i += FOUR)
        for (int64_t j = 0; j < m; j += FOUR) {
            four r[FOUR];
            for (int k = 0; k < FOUR; k++)
                memcpy(&r[k], from + (i + k) * from_row + j, sizeof r[k]);
            SIMD_TRANSPOSE(four, r);
            for (int k = 0; k < FOUR; k++)
                memcpy(to + (j + k) * to_row + i, &r[k], sizeof r[k]);
        }
}

SIMD_CLONES_512
static void gather_across(const float *restrict from, int64_t along, int64_t n, float *restrict in)
{
    for (int64_t i = 0; i < n; i++) {
        __builtin_prefetch(from + i * along + AHEAD);
        memcpy(in + i * LINES, from + i * along, LINES * sizeof *in);
    }
}

/* Lines of a block side by side; a missing line is the first one again. */
static void gather(const float *block, const struct place *p, int64_t lines, int64_t n, float *in)
{
    const float *from = block + p->first;
    int64_t done = 0;
    if (p->next == 1 && lines == LINES)
        gather_across(from, p->along, done = n, in);
    else if (p->along == 1 && lines == LINES)
        transpose_floats(from, p->next, LINES, done = n / FOUR * FOUR, in, LINES);
    for (int64_t i = done; i < n; i++)
        for (int64_t l = 0; l < LINES; l++)
            in[i * LINES + l] = from[i * p->along + (l < lines ? l : 0) * p->next];
}

/* Each rounded to float32. */
SIMD_CLONES_512
static void add_term(const float *restrict term, double weight, int64_t n, float *restrict sum)
{
    for (int64_t i = 0; i < n; i++)
        sum[i] = (float)(sum[i] + term[i] * weight);
}

SIMD_CLONES_512
static void narrow_across(const float *restrict out, int64_t n, float *restrict data, int64_t along)
{
    for (int64_t i = 0; i < n; i++) {
        __builtin_prefetch(data + i * along + AHEAD, 1);
        memcpy(data + i * along, out + i * LINES, LINES * sizeof *data);
    }
}

/* Apart from the rounding: gcc 12 takes a float32 on the way from double to double for a copy. */
SIMD_CLONES_512
static void widen_across(const float *restrict out, int64_t n, double *restrict value,
                         int64_t along)
{
    for (int64_t i = 0; i < n; i++) {
        __builtin_prefetch(value + i * along + LINES, 1);
        for (int64_t l = 0; l < LINES; l++)
            value[i * along + l] = out[i * LINES + l];
    }
}

/* The group's results to their places; a sum in place is not written twice. */
static void scatter(const float *out, const struct place *p, const struct group *g, int64_t n,
                    const struct sink *to)
{
    bool whole = g->lines == LINES && (!g->done || !to->sum);
    int64_t from = 0;
    if (p->next == 1 && whole && to->data)
        narrow_across(out, from = n, to->data + p->first, p->along);
    else if (p->next == 1 && whole)
        widen_across(out, from = n, to->value + p->first, p->along);
    else if (p->along == 1 && whole && to->data)
        transpose_floats(out, LINES, from = n / FOUR * FOUR, LINES, to->data + p->first, p->next);
    for (int64_t i = from; i < n; i++)
        for (int64_t l = g->done; l < g->lines; l++) {
            int64_t at = p->first + i * p->along + l * p->next;
            if (to->data)
                to->data[at] = out[i * LINES + l];
            else
                to->value[at] = out[i * LINES + l];
        }
}

/* The image's voxels, whatever their type, through a buffer where they have to change places. */
static void read_image(const struct line_work *w, const struct group *g, double *x)
{
    int64_t n = g->box.size[g->axis];
    if (g->axis != 0 && g->lines == LINES) {
        volume_read_box(w->image, &g->box, x);
        return;
    }
    volume_read_box(w->image, &g->box, w->y);
    int64_t along = g->axis == 0 ? 1 : g->lines, next = g->axis == 0 ? n : 1;
    for (int64_t i = 0; i < n; i++)
        for (int64_t l = 0; l < LINES; l++)
            x[i * LINES + l] = w->y[i * along + (l < g->lines ? l : 0) * next];
}

/* Where the group's samples stand: in the block, or side by side in a buffer. */
static void source_of(const struct line_work *w, const struct block *from, const struct group *g,
                      struct line_group *l)
{
    l->in_step = LINES;
    if (!from->data) {
        read_image(w, g, l->x);
        l->is_double = true;
        return;
    }
    struct place p = locate(&from->box, g);
    if (p.next == 1 && g->lines == LINES) {
        l->in = from->data + p.first;
        l->in_step = p.along;
        return;
    }
    gather(from->data, &p, g->lines, l->n, w->in);
    l->in = w->in;
}

/* One term of a group: into the sink where its lines are neighbours there, or into w->out. true:
 * into the sink. */
static bool filter_term(const struct line_work *w, const struct group *g, const struct term *t,
                        const struct sink *to, const struct place *p)
{
    int64_t first = to->box.lo[g->axis] - g->box.lo[g->axis];
    struct line_group l = {.n = g->box.size[g->axis],
                           .from = first,
                           .to = first + to->box.size[g->axis],
                           .x = w->wide + LINE_BEFORE * LINES,
                           .y = w->y,
                           .w = w->w,
                           .out = w->out,
                           .out_step = LINES};
    source_of(w, t->from, g, &l);
    bool direct = to->data && t->weight == 0 && p->next == 1 && g->lines == LINES;
    if (direct) {
        l.out = to->data + p->first;
        l.out_step = p->along;
    }
    recursive_gaussian_lines(&t->kernel, &l);
    return direct;
}

static void filter_group(const struct line_work *w, const struct group *g, const struct term *terms,
                         int n_terms, const struct sink *to)
{
    struct place p = locate(&to->box, g);
    int64_t n = to->box.size[g->axis];
    if (terms->weight == 0) {
        if (!filter_term(w, g, terms, to, &p))
            scatter(w->out, &p, g, n, to);
        return;
    }
    if (to->sum)
        gather(to->sum, &p, g->lines, n, w->sum);
    else
        memset(w->sum, 0, (size_t)(n * LINES) * sizeof *w->sum);
    for (int i = 0; i < n_terms; i++) {
        filter_term(w, g, &terms[i], to, &p);
        add_term(w->out, terms[i].weight, n * LINES, w->sum);
    }
    scatter(w->sum, &p, g, n, to);
}

static bool is_wanted(const uint8_t *line, int64_t n)
{
    uint8_t any = 0;
    for (int64_t l = 0; line && l < n; l++)
        any |= line[l];
    return !line || any;
}

void line_pass(const struct line_work *w, int axis, const struct box *lines,
               const struct term *terms, int n, const struct sink *to)
{
    /* lines along x lie side by side in y, or in z where the box is one plane of x and z */
    int across = axis != 0 ? 0 : lines->size[1] > 1 ? 1 : 2, outer = 3 - axis - across;
    struct group g = {.axis = axis, .across = across, .box = *lines};
    int64_t width = lines->size[across];
    g.lines = width < LINES ? width : LINES;
    g.box.size[across] = g.lines;
    g.box.size[outer] = 1;
    for (int64_t o = 0; o < lines->size[outer]; o++)
        for (int64_t at = 0; at < width; at += LINES) {
            int64_t start = at + g.lines > width ? width - g.lines : at; /* a full group */
            if (!is_wanted(to->wanted ? to->wanted + o * width + start : NULL, g.lines))
                continue;
            g.done = at - start;
            g.box.lo[across] = lines->lo[across] + start;
            g.box.lo[outer] = lines->lo[outer] + o;
            filter_group(w, &g, terms, n, to);
        }
}

bool line_work_open(struct line_work *w, const struct volume *image, int64_t longest, struct err *e)
{
    size_t samples = (size_t)longest * LINES;
    *w = (struct line_work){.image = image};
    size_t around = (LINE_BEFORE + LINE_AFTER) * LINES;
    return (w->wide = mem_big(samples + around, sizeof *w->wide, e)) != NULL &&
           (w->y = mem_big(samples, sizeof *w->y, e)) != NULL &&
           (w->w = mem_big(samples, sizeof *w->w, e)) != NULL &&
           (w->in = mem_big(samples, sizeof *w->in, e)) != NULL &&
           (w->out = mem_big(samples, sizeof *w->out, e)) != NULL &&
           (w->sum = mem_big(samples, sizeof *w->sum, e)) != NULL;
}

void line_work_close(struct line_work *w)
{
    mem_big_free(w->wide);
    mem_big_free(w->y);
    mem_big_free(w->w);
    mem_big_free(w->in);
    mem_big_free(w->out);
    mem_big_free(w->sum);
}
