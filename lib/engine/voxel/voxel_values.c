#include "engine/voxel/voxel_values.h"

#include "base/mem.h"
#include "base/pairwise.h"
#include "engine/features/sort_lanes.h"
#include "engine/features/statistics.h"
#include "engine/features/sums.h"
#include "engine/features/sums_lanes.h"
#include "engine/packed/packed.h"
#include "pool/share.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 128 }; /* voxels that a thread takes at a time */

/* What a thread needs. */
struct values {
    const struct mapping *s;
    int n_places;                                                /* of a kernel */
    int64_t code_step[PACKED_VOXELS], value_step[PACKED_VOXELS]; /* from its centre */
    struct eight value[PACKED_VOXELS];                           /* by place; NaN: none */
    sort_row code[PACKED_VOXELS]; /* of the places where one lane has a value, then sorted */
    int n_codes;
    struct packed levels;
    uint16_t count[PACKED_LEVELS + 1];
    double *term; /* [(n_places + 1)^2] p log2 p for c of n voxels, 0: not yet known */
};

/* The sums of eight kernels. */
struct value_sums {
    struct eight power[SUMS_MOST], central[SUMS_MOST];
};

static const struct family *family_of(const struct mapping *s)
{
    return s->maps.request->family;
}

bool values_fit(const struct mapping *s)
{
    const struct family *f = family_of(s);
    return f->kernel_way == KERNEL_SAMPLE && f->measure == statistics_measure &&
           !fields_want(f, s->maps.request->wanted,
                        offsetof(struct statistics, median_absolute_deviation)) &&
           packed_fits(&s->levels, s->kernel.radius);
}

static void values_close(void *user, void *tools)
{
    struct values *t = tools;
    (void)user;
    packed_close(&t->levels);
    mem_big_free(t->term);
    mem_big_free(t);
}

/* The centre is the last place. */
static void set_steps(struct values *t)
{
    const struct directions *d = &t->s->listed.offsets;
    const int64_t *n = t->s->response->box.size;
    t->n_places = d->n + 1;
    for (int i = 0; i < d->n; i++) {
        const int32_t *to = d->offset[i].d;
        t->code_step[i] = to[2] * t->s->codes.plane + to[1] * t->s->codes.row + to[0];
        t->value_step[i] = (to[2] * n[1] + to[1]) * n[0] + to[0];
    }
}

static bool values_open(void *user, void **tools, struct err *e)
{
    const struct mapping *s = user;
    struct values *t = mem_big(1, sizeof *t, e);
    if (!t)
        return false;
    t->s = s;
    set_steps(t);
    size_t rows = (size_t)t->n_places + 1;
    t->term = mem_big(rows * rows, sizeof *t->term, e);
    *tools = t;
    if (t->term && packed_open(&t->levels, &s->levels, s->kernel.radius, e))
        return true;
    values_close(NULL, t);
    return false;
}

/* --- values and codes of eight kernels --- */

typedef int16_t eight_codes __attribute__((vector_size(16)));

/* NaN where there is no code: all ones are one. */
SIMD_PART void keep_coded(const double *value, const eight_codes *none, struct eight *to)
{
    quad_mask mask[QUADS] = {
        __builtin_convertvector(__builtin_shufflevector(*none, *none, 0, 1, 2, 3), quad_mask),
        __builtin_convertvector(__builtin_shufflevector(*none, *none, 4, 5, 6, 7), quad_mask)};
    for (int w = 0; w < QUADS; w++) {
        quad v;
        QUAD_LOAD(v, value + QUAD * w);
        to->q[w] = (quad)((quad_mask)v | mask[w]);
    }
}

/* The values at i .. i + 7, some of which may lie outside the box. */
static const double *values_from(const struct mapping *s, int64_t i, double spare[SIMD_LANES])
{
    int64_t n = box_voxels(&s->response->box);
    if (i >= 0 && i + SIMD_LANES <= n)
        return s->counted.value + i;
    for (int k = 0; k < SIMD_LANES; k++)
        spare[k] = i + k >= 0 && i + k < n ? s->counted.value[i + k] : 0;
    return spare;
}

/* The places of the kernels around eight voxels in a row, the first of which is at. */
SIMD_CLONES static void take_places(struct values *t, const int64_t at[3])
{
    const struct value_codes *c = &t->s->codes;
    const int64_t *n = t->s->response->box.size;
    const int16_t *code = c->code + c->first + at[2] * c->plane + at[1] * c->row + at[0];
    int64_t voxel = (at[2] * n[1] + at[1]) * n[0] + at[0];
    static const double nothing[SIMD_LANES];
    t->n_codes = 0;
    for (int i = 0; i < t->n_places; i++) {
        eight_codes here, none;
        memcpy(&here, code + t->code_step[i], sizeof here);
        none = here == VALUE_NONE;
        int64_t half[2];
        double spare[SIMD_LANES];
        memcpy(half, &none, sizeof half);
        bool any = (half[0] & half[1]) != -1;
        keep_coded(any ? values_from(t->s, voxel + t->value_step[i], spare) : nothing, &none,
                   &t->value[i]);
        memcpy(t->code[t->n_codes], &here, sizeof here);
        t->n_codes += any;
    }
}

/* --- statistics --- */

static void divide(const struct eight *a, const struct eight *b, struct eight *to)
{
    for (int w = 0; w < QUADS; w++)
        to->q[w] = a->q[w] / b->q[w];
}

static double lane_of(const struct eight *x, int lane)
{
    return x->q[lane / QUAD][lane % QUAD];
}

static void add_up(const struct values *t, struct value_sums *sums)
{
    struct lane_windows all = {.shift = (double)t->s->settings->family.voxel_array_shift};
    for (int w = 0; w < QUADS; w++) {
        all.lo.q[w] = (quad){-DBL_MAX, -DBL_MAX, -DBL_MAX, -DBL_MAX};
        all.hi.q[w] = -all.lo.q[w];
    }
    sums_lanes(SUMS_POWERS, t->value, t->n_places, &all, sums->power);
    divide(&sums->power[1], &sums->power[0], &all.mean);
    sums_lanes(SUMS_CENTRAL, t->value, t->n_places, &all, sums->central);
}

/* Of the values from the 10th to the 90th percentile, which the windows have. */
static void deviate(const struct values *t, struct lane_windows *robust, struct eight *deviation)
{
    struct eight power[SUMS_MOST], sum[SUMS_MOST];
    sums_lanes(SUMS_POWERS, t->value, t->n_places, robust, power);
    divide(&power[1], &power[0], &robust->mean);
    sums_lanes(SUMS_DEVIATION, t->value, t->n_places, robust, sum);
    divide(&sum[0], &power[0], deviation);
}

static void take_sums(const struct values *t, const struct value_sums *sums, int lane,
                      struct statistics *v)
{
    const struct power_sums power = {lane_of(&sums->power[0], lane), lane_of(&sums->power[1], lane),
                                     lane_of(&sums->power[2], lane)};
    const struct central_sums central = {
        lane_of(&sums->central[0], lane), lane_of(&sums->central[1], lane),
        lane_of(&sums->central[2], lane), lane_of(&sums->central[3], lane)};
    statistics_by_sums(&power, &central, t->s->response->grid.spacing_mm, v);
}

static void take_ranks(const struct values *t, int lane, int64_t n, struct statistics *v)
{
    struct order_ranks ranks;
    double value[STATISTICS_RANKS];
    statistics_ranks(n, &ranks);
    for (int i = 0; i < STATISTICS_RANKS; i++)
        value[i] = value_codes_at(&t->s->codes, t->code[ranks.rank[i]][lane]);
    statistics_by_ranks(&ranks, value, v);
}

/* --- grey levels --- */

/* Adds `by` to the counts of the voxels of one face, x places along the kernel whose corner is
 * there. */
static void count_face(struct values *t, const uint8_t *corner, int64_t x, int by)
{
    const struct packed *p = &t->levels;
    for (int64_t z = 0; z <= 2 * p->radius[2]; z++)
        for (int64_t y = 0; y <= 2 * p->radius[1]; y++) {
            uint16_t *count = &t->count[corner[z * p->plane + y * p->row + x]];
            *count = (uint16_t)(*count + by);
        }
}

/* Counts the levels of the kernel around a voxel; before: the voxel whose kernel is counted, if it
 * is the neighbour, else anything else. */
static void count_levels(struct values *t, const int64_t at[3], int lane, int before)
{
    const struct packed *p = &t->levels;
    const uint8_t *corner = p->level + at[0] + lane + at[1] * p->row + at[2] * p->plane;
    int64_t last = 2 * p->radius[0];
    if (before == lane - 1) {
        count_face(t, corner - 1, 0, -1);
        count_face(t, corner, last, 1);
        return;
    }
    memset(t->count, 0, sizeof t->count);
    for (int64_t x = 0; x <= last; x++)
        count_face(t, corner, x, 1);
}

static double term_of(struct values *t, int count, int n)
{
    double *term = &t->term[n * (t->n_places + 1) + count];
    if (*term == 0) {
        double p = (double)count / n;
        *term = p * log2(p + t->s->params->profile->arithmetic->added_to_zero);
    }
    return *term;
}

/* n: voxels that are counted. */
static void take_levels(struct values *t, int n, struct statistics *v)
{
    double term[PACKED_LEVELS], square[PACKED_LEVELS];
    int64_t present = 0;
    for (int level = 1; level <= t->s->levels.n_levels; level++) {
        int count = t->count[level];
        if (!count)
            continue;
        double p = (double)count / n;
        term[present] = term_of(t, count, n);
        square[present++] = p * p;
    }
    v->entropy = -1.0 * pairwise_sum(term, present, false);
    v->uniformity = pairwise_sum(square, present, false);
}

/* --- maps --- */

static void deliver(const struct values *t, const struct statistics *v, int64_t voxel)
{
    const struct class_maps *maps = &t->s->maps;
    for (int i = 0; i < maps->request->n; i++) {
        const struct field_row *row =
            (const struct field_row *)family_row(family_of(t->s), maps->request->feature[i]);
        if (row->feature.status != FEATURE_GONE)
            maps->value[i * maps->n_voxels + voxel] =
                *(const double *)((const char *)v + row->field);
    }
}

/* ROI voxels first .. first + n - 1, which lie among eight in a row. */
static void measure_row(struct values *t, int64_t first, int n)
{
    const int64_t *roi = t->s->roi + first, *size = t->s->response->box.size;
    const int64_t at[3] = {roi[0] % size[0], roi[0] / size[0] % size[1],
                           roi[0] / size[0] / size[1]};
    struct statistics v[SIMD_LANES];
    struct value_sums sums;
    struct lane_windows robust = {0};
    struct eight deviation;
    int before = -2;
    take_places(t, at);
    add_up(t, &sums);
    sort_lanes(t->code, t->n_codes);
    for (int k = 0; k < n; k++) {
        int lane = (int)(roi[k] - roi[0]);
        int64_t voxels = (int64_t)lane_of(&sums.power[0], lane);
        take_sums(t, &sums, lane, &v[k]);
        take_ranks(t, lane, voxels, &v[k]);
        count_levels(t, at, lane, before);
        take_levels(t, (int)voxels, &v[k]);
        robust.lo.q[lane / QUAD][lane % QUAD] = v[k].p10;
        robust.hi.q[lane / QUAD][lane % QUAD] = v[k].p90;
        before = lane;
    }
    deviate(t, &robust, &deviation);
    for (int k = 0; k < n; k++) {
        v[k].robust_mean_absolute_deviation = lane_of(&deviation, (int)(roi[k] - roi[0]));
        deliver(t, &v[k], first + k);
    }
}

static bool work_on_values(void *user, void *tools, int64_t piece, struct err *e)
{
    const struct mapping *s = user;
    int64_t from = piece * PIECE, to = s->n_roi - from < PIECE ? s->n_roi : from + PIECE;
    int64_t n_x = s->response->box.size[0];
    (void)e;
    for (int64_t n; from < to; from += n) {
        int64_t end = s->roi[from] + SIMD_LANES, row = (s->roi[from] / n_x + 1) * n_x;
        end = end < row ? end : row;
        for (n = 1; from + n < to && s->roi[from + n] < end; n++)
            ;
        measure_row(tools, from, (int)n);
    }
    return true;
}

bool measure_values(struct mapping *s, struct err *e)
{
    const struct share share = {s, values_open, values_close, work_on_values};
    return share_out(&share, s->pool, (s->n_roi + PIECE - 1) / PIECE, e);
}
