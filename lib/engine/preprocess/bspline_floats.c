/* B-spline interpolation of float images: of every voxel the 64 products in ITK's order, to the
 * last bit.
 *
 * Where the axes of the grids are parallel, a line of the output stands still along y and z, and
 * its indices along x are those of the line before: weights and places along x are made once and
 * four voxels go through their products side by side. Other lines are left to bspline_line. */
#include "engine/preprocess/bspline.h"

#include "base/mem.h"
#include "base/simd.h"

#include <stdlib.h>

/* Voxels side by side: four sums of four, so that no addition waits for the one before it. */
enum { SUMS = 4, GROUP = SUMS * QUAD };

/* Weights and places along x of GROUP neighbouring voxels; places in samples from their row. */
struct group {
    double weight[TAPS][GROUP];
    int64_t offset[GROUP][TAPS];
    bool contiguous; /* the taps of every voxel are neighbours in memory */
};

struct straight {
    const struct samples *s;
    struct line_map line; /* for which the groups were made */
    struct run inside;
    struct group *group;
    double *row;
};

static bool same_along_x(const struct line_map *a, const struct line_map *b)
{
    return a->first[0] == b->first[0] && a->step[0] == b->step[0] && a->n == b->n;
}

static void set_voxel(struct group *g, int lane, const struct spline_taps *t)
{
    const int64_t *x = t->offset;
    for (int k = 0; k < TAPS; k++) {
        g->weight[k][lane] = t->weight[k];
        g->offset[lane][k] = x[k];
    }
    g->contiguous = g->contiguous && x[1] == x[0] + 1 && x[2] == x[0] + 2 && x[3] == x[0] + 3;
}

/* Groups that hold no voxel of the run stay as they are; voxels beside it repeat its ends. */
static void make_groups(struct straight *w, const struct line_map *line, struct run r)
{
    int64_t first = r.start / GROUP, last = (r.start + r.n - 1) / GROUP;
    for (int64_t k = first; k <= last; k++) {
        w->group[k].contiguous = true;
        for (int lane = 0; lane < GROUP; lane++) {
            int64_t i = k * GROUP + lane;
            i = i < r.start ? r.start : i < r.start + r.n ? i : r.start + r.n - 1;
            struct spline_taps t = spline_taps_at(w->s, 0, line_map_at(line, i, 0));
            set_voxel(&w->group[k], lane, &t);
        }
    }
    w->line = *line;
    w->inside = r;
}

/* The taps of four voxels in one row of samples: tap t of all four in c[t]. */
SIMD_PART void load_taps(const double *row, const struct group *g, int lane, quad c[TAPS])
{
    for (int j = 0; j < QUAD; j++) {
        const int64_t *x = g->offset[lane + j];
        if (g->contiguous)
            QUAD_LOAD(c[j], row + x[0]);
        else
            c[j] = (quad){row[x[0]], row[x[1]], row[x[2]], row[x[3]]};
    }
    SIMD_TRANSPOSE(quad, c);
}

/* The products of one group: ((wx * wy) * wz) * coefficient, x fastest. */
SIMD_CLONES_512 static void sum_group(const double *value, const struct group *g,
                                      const struct spline_taps *y, const struct spline_taps *z,
                                      double *out)
{
    quad sum[SUMS] = {{0}};
    for (int k = 0; k < TAPS; k++) {
        for (int j = 0; j < TAPS; j++) {
            const double *row = value + y->offset[j] + z->offset[k];
            for (int h = 0; h < SUMS; h++) {
                quad c[TAPS] = {{0}};
                load_taps(row, g, h * QUAD, c);
                for (int t = 0; t < TAPS; t++) {
                    quad w;
                    QUAD_LOAD(w, g->weight[t] + h * QUAD);
                    sum[h] += ((w * y->weight[j]) * z->weight[k]) * c[t];
                }
            }
        }
    }
    memcpy(out, sum, sizeof sum);
}

static void take_line(struct straight *w, const struct line_map *line, struct run r)
{
    const struct samples *s = w->s;
    if (line->step[1] != 0 || line->step[2] != 0) {
        bspline_line(s, line, r.start, r.n, w->row + r.start);
        return;
    }
    if (!same_along_x(line, &w->line) || r.start != w->inside.start || r.n != w->inside.n)
        make_groups(w, line, r);
    struct spline_taps y = spline_taps_at(s, 1, line_map_at(line, r.start, 1));
    struct spline_taps z = spline_taps_at(s, 2, line_map_at(line, r.start, 2));
    for (int64_t k = r.start / GROUP; k * GROUP < r.start + r.n; k++)
        sum_group(s->value, &w->group[k], &y, &z, w->row + k * GROUP);
}

/* Planes of the output, one a piece; a thread's tools are a struct straight. */
struct planes {
    const struct samples *s;
    const struct index_map *map;
    struct volume *out;
};

static void close_straight(void *user, void *tools)
{
    struct straight *w = tools;
    (void)user;
    mem_big_free(w->group);
    mem_big_free(w->row);
    free(w);
}

static bool open_straight(void *user, void **tools, struct err *e)
{
    const struct planes *p = user;
    size_t groups = (size_t)(p->out->grid.size[0] + GROUP - 1) / GROUP;
    struct straight *w = mem_array(1, sizeof *w, e);
    if (!w)
        return false;
    w->s = p->s;
    w->group = mem_big(groups, sizeof *w->group, e);
    w->row = w->group ? mem_big(groups * GROUP, sizeof *w->row, e) : NULL;
    if (!w->row) {
        close_straight(NULL, w);
        return false;
    }
    *tools = w;
    return true;
}

static bool take_plane(void *user, void *tools, int64_t k, struct err *e)
{
    const struct planes *p = user;
    struct straight *w = tools;
    const int64_t *n = p->out->grid.size;
    (void)e;
    for (int64_t j = 0; j < n[1]; j++) {
        struct line_map line = index_map_line(p->map, j, k);
        struct run r = samples_inside(p->s, &line, n[0]);
        if (r.n == 0)
            continue;
        take_line(w, &line, r);
        volume_write(p->out, (k * n[1] + j) * n[0] + r.start, r.n, w->row + r.start);
    }
    return true;
}

bool bspline_floats(const struct samples *s, const struct index_map *map, struct volume *out,
                    bool *done, struct err *e)
{
    struct planes planes = {s, map, out};
    const struct share share = {&planes, open_straight, close_straight, take_plane};
    *done = false;
    if (s->dims < 3)
        return true;
    *done = share_out(&share, s->pool, out->grid.size[2], e);
    return *done;
}
