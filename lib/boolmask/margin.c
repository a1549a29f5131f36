#include "boolmask/margin.h"

#include "base/mem.h"
#include "masks/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const margin_side_names[MARGIN_SIDES] = {"anterior", "posterior", "left",
                                                     "right",    "superior",  "inferior"};

/* Of the squared distance: NIfTI keeps spacings in single precision, and three voxels of 1.1 mm are
 * within 3.3 mm. */
#define WITHIN (1 + 1e-6)
#define SNAP   1e-6 /* direction cosines this close to 0 or 1 are taken to be exactly that */

bool margin_is_zero(const struct margin *m)
{
    for (int s = 0; s < MARGIN_SIDES; s++)
        if (m->mm[s] != 0)
            return false;
    return true;
}

bool margin_check(const struct margin *m, struct err *e)
{
    bool grows = false, shrinks = false;
    for (int s = 0; s < MARGIN_SIDES; s++) {
        if (!isfinite(m->mm[s]))
            return err_set(e, ERR_REFUSED, "the %s margin is not a finite number",
                           margin_side_names[s]);
        grows |= m->mm[s] > 0;
        shrinks |= m->mm[s] < 0;
    }
    if (grows && shrinks)
        return err_set(e, ERR_REFUSED,
                       "a margin cannot grow on one side and shrink on another: take two steps");
    return true;
}

/* The body of steps within reach. Half axes are distances in LPS: [axis][0] towards minus, [1]
 * towards plus. */
struct reach {
    double half_axis_mm[3][2];
    double step_mm[9]; /* patient displacement of one voxel along each index axis, row-major */
    double flat_mm[3]; /* half axis 0: steps shorter than this count as none */
    int64_t most[3];   /* voxels */
    struct reach_row {
        int64_t dj, dk, lo, hi; /* steps lo..hi in i */
    } * row;
    size_t rows;
};

/* The border on a side moves by the body's extent towards that side; for a negative margin the
 * outside grows, in the opposite direction.
 */
static void set_half_axes(struct reach *r, const struct margin *m, bool shrink)
{
    static const enum margin_side towards[3][2] = {{MARGIN_RIGHT, MARGIN_LEFT},
                                                   {MARGIN_ANTERIOR, MARGIN_POSTERIOR},
                                                   {MARGIN_INFERIOR, MARGIN_SUPERIOR}};
    for (int a = 0; a < 3; a++)
        for (int sign = 0; sign < 2; sign++)
            r->half_axis_mm[a][sign] = fabs(m->mm[towards[a][shrink ? 1 - sign : sign]]);
}

static double snapped(double cosine)
{
    double nearest = round(cosine);
    return fabs(cosine - nearest) < SNAP ? nearest : cosine;
}

static bool is_uniform(const struct margin *m)
{
    for (int s = 1; s < MARGIN_SIDES; s++)
        if (m->mm[s] != m->mm[0])
            return false;
    return true;
}

/* A sphere needs no directions: steps along index axes are exact, while direction cosines in a file
 * may be of single precision. */
static void set_steps(struct reach *r, const struct grid *g, const struct margin *m)
{
    static const double identity[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    const double *d = is_uniform(m) ? identity : g->direction;
    for (int a = 0; a < 3; a++) {
        double longest = 0;
        for (int c = 0; c < 3; c++) {
            double mm = snapped(d[3 * a + c]) * g->spacing_mm[c];
            r->step_mm[3 * a + c] = mm;
            longest = fmax(longest, fabs(mm));
        }
        r->flat_mm[a] = longest / 2 / WITHIN;
    }
}

/* How many voxels along an index axis the body can reach: the rows of the inverse of the steps. */
static bool set_extent(struct reach *r, const struct grid *g, struct err *e)
{
    struct grid steps = *g;
    double inverse[9];
    for (int a = 0; a < 3; a++)
        for (int c = 0; c < 3; c++)
            steps.direction[3 * a + c] = r->step_mm[3 * a + c] / g->spacing_mm[c];
    if (!grid_inverse(&steps, inverse))
        return err_set(e, ERR_REFUSED, "the direction matrix of the grid is singular");
    for (int c = 0; c < 3; c++) {
        double voxels = 0;
        for (int a = 0; a < 3; a++) {
            double mm = fmax(r->half_axis_mm[a][0], r->half_axis_mm[a][1]);
            voxels += fabs(inverse[3 * c + a]) * fmax(mm, r->flat_mm[a]);
        }
        /* no step longer than the image matters */
        r->most[c] = (int64_t)fmin(floor(voxels * WITHIN + 1e-6), (double)g->size[c]);
    }
    return true;
}

static bool within_reach(const struct reach *r, int64_t di, int64_t dj, int64_t dk)
{
    double sum = 0;
    for (int a = 0; a < 3; a++) {
        const double *s = r->step_mm + 3 * a;
        double mm = s[0] * (double)di + s[1] * (double)dj + s[2] * (double)dk;
        double half_axis = r->half_axis_mm[a][mm > 0];
        if (half_axis > 0)
            sum += (mm / half_axis) * (mm / half_axis);
        else if (fabs(mm) >= r->flat_mm[a])
            return false;
    }
    return sum <= WITHIN;
}

/* The body is convex, so the steps in i are one stretch. */
static void add_row(struct reach *r, int64_t dj, int64_t dk)
{
    int64_t lo = -r->most[0], hi = r->most[0];
    while (lo <= hi && !within_reach(r, lo, dj, dk))
        lo++;
    while (hi > lo && !within_reach(r, hi, dj, dk))
        hi--;
    if (lo <= hi)
        r->row[r->rows++] = (struct reach_row){dj, dk, lo, hi};
}

static bool reach_make(struct reach *r, const struct grid *g, const struct margin *m, bool shrink,
                       struct err *e)
{
    *r = (struct reach){0};
    set_half_axes(r, m, shrink);
    set_steps(r, g, m);
    if (!set_extent(r, g, e))
        return false;
    r->row = mem_array((size_t)((2 * r->most[1] + 1) * (2 * r->most[2] + 1)), sizeof *r->row, e);
    if (!r->row)
        return false;
    for (int64_t dk = -r->most[2]; dk <= r->most[2]; dk++)
        for (int64_t dj = -r->most[1]; dj <= r->most[1]; dj++)
            add_row(r, dj, dk);
    return true;
}

static struct box grown(const struct box *b, const int64_t by[3])
{
    struct box out = *b;
    for (int c = 0; c < 3; c++) {
        out.lo[c] -= by[c];
        out.size[c] += 2 * by[c];
    }
    return out;
}

/* Paints what the run first..last of the row (j, k) reaches. */
static void sweep_run(const struct reach *r, int64_t first, int64_t last, int64_t j, int64_t k,
                      struct region *out)
{
    const struct box *b = &out->box;
    int64_t end = b->lo[0] + b->size[0] - 1;
    for (size_t n = 0; n < r->rows; n++) {
        const struct reach_row *row = &r->row[n];
        int64_t y = j + row->dj - b->lo[1], z = k + row->dk - b->lo[2];
        if (y < 0 || y >= b->size[1] || z < 0 || z >= b->size[2])
            continue;
        int64_t from = first + row->lo, to = last + row->hi;
        from = from < b->lo[0] ? b->lo[0] : from;
        to = to > end ? end : to;
        if (from <= to)
            memset(out->voxel + (z * b->size[1] + y) * b->size[0] + from - b->lo[0], 1,
                   (size_t)(to - from + 1));
    }
}

/* Sets in out what any voxel of `in` reaches. */
static void sweep(const struct region *in, const struct reach *r, struct region *out)
{
    const struct box *b = &in->box;
    for (int64_t k = 0; k < b->size[2]; k++) {
        for (int64_t j = 0; j < b->size[1]; j++) {
            const uint8_t *row = in->voxel + (k * b->size[1] + j) * b->size[0];
            const uint8_t *end = row + b->size[0], *at = row;
            while (at < end && (at = memchr(at, 1, (size_t)(end - at))) != NULL) {
                const uint8_t *stop = memchr(at, 0, (size_t)(end - at));
                stop = stop ? stop : end;
                sweep_run(r, b->lo[0] + (at - row), b->lo[0] + (stop - row) - 1, b->lo[1] + j,
                          b->lo[2] + k, out);
                at = stop;
            }
        }
    }
}

static bool grow(struct region *r, const struct grid *g, const struct reach *reach, struct err *e)
{
    struct box all = mask_everywhere(g), box = grown(&r->box, reach->most);
    struct region out;
    box = box_meet(&box, &all);
    if (!region_alloc(&out, &box, e))
        return false;
    sweep(r, reach, &out);
    region_free(r);
    *r = out;
    return true;
}

/* Removes what the outside reaches. The box, grown by the reach, may extend beyond the image, which
 * counts as outside, too. */
static bool shrink(struct region *r, const struct reach *reach, struct err *e)
{
    struct box box = grown(&r->box, reach->most);
    struct region outside, reached;
    if (!region_cut(r, &box, &outside, e))
        return false;
    int64_t n = box_voxels(&box);
    for (int64_t i = 0; i < n; i++)
        outside.voxel[i] ^= 1;
    bool ok = region_alloc(&reached, &r->box, e);
    if (ok) {
        sweep(&outside, reach, &reached);
        ok = region_combine(r, REGION_SUBTRACT, &reached, e);
    }
    region_free(&reached);
    region_free(&outside);
    return ok;
}

bool margin_apply(struct region *r, const struct grid *g, const struct margin *m, struct err *e)
{
    if (!margin_check(m, e))
        return false;
    if (margin_is_zero(m) || !r->voxel)
        return true;
    bool shrinks = false;
    for (int s = 0; s < MARGIN_SIDES; s++)
        shrinks |= m->mm[s] < 0;
    struct reach reach;
    bool ok = reach_make(&reach, g, m, shrinks, e) &&
              (shrinks ? shrink(r, &reach, e) : grow(r, g, &reach, e));
    free(reach.row);
    return ok;
}
