/* LBP3D (specification 5.7): at every ROI voxel the image is sampled on a sphere; the responses are
 * rotation-invariant norms of the pattern "sample >= centre" and the kurtosis of the samples.
 * Voxels outside the ROI are 0. All responses are computed in one sweep, row by row. */
#include "engine/filters/lbp3d.h"
#include "base/log.h"
#include "base/mem.h"
#include "engine/filters/bank.h"
#include "engine/filters/cast.h"
#include "engine/filters/harmonics.h"
#include "engine/filters/icosphere.h"
#include "engine/filters/kurtosis.h"
#include "engine/filters/spline.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool check_levels(const struct lbp3d_settings *own, struct err *e)
{
    return own->levels != 1 || err_set(e, ERR_REFUSED,
                                       "lbp3DLevels must be more than 1: it aborts every image of "
                                       "three axes, in pyradiomics too");
}

static void response_name(int64_t at, int64_t levels, char *out, size_t room)
{
    if (at < levels)
        snprintf(out, room, "lbp-3D-m%lld", (long long)at + 1);
    else
        snprintf(out, room, "lbp-3D-k");
}

static bool lbp3d_names(const struct filter_settings *s, int dims, struct str_list *out,
                        struct err *e)
{
    const struct lbp3d_settings *own = s->own;
    char name[sizeof((struct response *)0)->name];
    if (dims != 3)
        return true;
    if (!check_levels(own, e))
        return false;
    for (int64_t i = 0; i <= own->levels; i++) {
        response_name(i, own->levels, name, sizeof name);
        str_list_add(out, name);
    }
    return true;
}

/* Offsets are limited: beyond the size of the image every position is outside, however far. */
static int64_t sphere_reach(const struct grid *g, double radius)
{
    int64_t widest = 1;
    for (int a = 0; a < 3; a++)
        widest = g->size[a] > widest ? g->size[a] : widest;
    return radius < (double)widest ? (int64_t)ceil(radius) : widest;
}

static void lbp3d_halo(const struct grid *g, const struct filter_settings *s, int64_t voxels[3])
{
    const struct lbp3d_settings *own = s->own;
    for (int a = 0; a < 3; a++)
        voxels[a] = sphere_reach(g, own->radius) + 2 + SPLINE_REACH;
}

struct lbp3d_run {
    struct filter_input in;
    int64_t levels, at; /* responses: levels of the norms, then the kurtosis; the next one */
    int64_t voxels;     /* of the ROI */
    double *result;     /* [levels + 1][voxels] */
};

/* What one sweep works with. */
struct sweep {
    struct lbp3d_run *run;
    struct spline spline;
    struct harmonics harmonics;
    double (*point)[3];
    int64_t points;
    struct spline_axis (*axis)[3]; /* per point */
    double *weights;               /* behind axis */
    uint8_t *inside;
    double *samples; /* [points][box row] */
    double *scratch, *sphere;
    double *pattern, *norm; /* of several voxels: [points][lanes], [levels][lanes] */
    int lanes;              /* number of patterns collected */
};
enum { LANES = HARMONICS_LANES };

/* Weights for every point along every axis of the box. Coordinates of a point count in the order
 * of array axes: its first moves along z, its last along x. */
static bool place_points(struct sweep *w, int64_t reach, struct err *e)
{
    const struct box *b = &w->run->in.box;
    size_t per_point = (size_t)(b->size[0] + b->size[1] + b->size[2]);
    w->axis = mem_array((size_t)w->points, sizeof *w->axis, e);
    w->weights = w->axis ? mem_big(per_point * 4, (size_t)w->points * sizeof(double), e) : NULL;
    w->inside = w->weights ? mem_big(per_point, (size_t)w->points, e) : NULL;
    if (!w->inside)
        return false;
    double *weight = w->weights;
    uint8_t *inside = w->inside;
    for (int64_t v = 0; v < w->points; v++)
        for (int a = 0; a < 3; a++) {
            w->axis[v][a] = (struct spline_axis){.weight = weight, .inside = inside};
            spline_axis_at(&w->spline, a, w->point[v][2 - a], b->lo[a], b->size[a], reach,
                           &w->axis[v][a]);
            weight += 4 * b->size[a];
            inside += b->size[a];
        }
    return true;
}

static bool begin_sweep(struct sweep *w, struct err *e)
{
    const struct filter_input *in = &w->run->in;
    const struct lbp3d_settings *s = in->settings.own;
    const struct volume *image = &in->view->image;
    double radius = s->radius;
    int64_t reach = sphere_reach(&image->grid, radius);
    if (!icosphere_create(s->subdivision, radius, &w->point, &w->points, e) ||
        !harmonics_create((const double(*)[3])w->point, w->points, radius, w->run->levels,
                          &w->harmonics, e) ||
        !spline_create(image, &in->box, reach, &w->spline, e) || !place_points(w, reach, e))
        return false;
    size_t n = (size_t)w->points, row = (size_t)in->box.size[0];
    return (w->samples = mem_big(n, row * sizeof *w->samples, e)) != NULL &&
           (w->scratch = mem_array(row + 3 > n ? row + 3 : n, sizeof *w->scratch, e)) != NULL &&
           (w->sphere = mem_array(n, sizeof *w->sphere, e)) != NULL &&
           (w->pattern = mem_array(n, LANES * sizeof *w->pattern, e)) != NULL &&
           (w->norm = mem_array((size_t)w->run->levels, LANES * sizeof *w->norm, e)) != NULL;
}

static void end_sweep(struct sweep *w)
{
    spline_free(&w->spline);
    harmonics_free(&w->harmonics);
    free(w->point);
    free(w->axis);
    mem_big_free(w->weights);
    mem_big_free(w->inside);
    mem_big_free(w->samples);
    free(w->scratch);
    free(w->sphere);
    free(w->pattern);
    free(w->norm);
}

/* Norms of the collected patterns; `end` is the number of the ROI voxel behind the last of them. */
static void finish_patterns(struct sweep *w, int64_t end)
{
    struct lbp3d_run *r = w->run;
    int64_t first = end - w->lanes;
    harmonics_norms(&w->harmonics, w->pattern, w->norm);
    for (int64_t n = 0; n < r->levels; n++)
        memcpy(r->result + n * r->voxels + first, w->norm + n * LANES,
               (size_t)w->lanes * sizeof *w->norm);
    w->lanes = 0;
}

/* ROI voxel number `voxel`, from the samples of column x: its kurtosis, its pattern to the others.
 */
static void one_voxel(struct sweep *w, int64_t voxel, int64_t x, double centre)
{
    struct lbp3d_run *r = w->run;
    enum pixel_type type = r->in.view->image.type;
    int64_t row = r->in.box.size[0];
    for (int64_t v = 0; v < w->points; v++) {
        w->sphere[v] = w->samples[v * row + x];
        w->pattern[v * LANES + w->lanes] = w->sphere[v] >= centre;
    }
    r->result[r->levels * r->voxels + voxel] =
        kurtosis(w->sphere, w->points, type == PIXEL_F32, w->scratch);
    if (++w->lanes == LANES)
        finish_patterns(w, voxel + 1);
}

/* One row of the box that has ROI voxels from column `from` to `to`. */
static int64_t one_row(struct sweep *w, const int64_t at[3], const uint8_t *mask, int64_t from,
                       int64_t to, int64_t voxel)
{
    const struct filter_input *in = &w->run->in;
    const struct box *b = &in->box;
    const int64_t first[3] = {from, at[1], at[2]};
    const int64_t where[3] = {b->lo[0] + from, b->lo[1] + at[1], b->lo[2] + at[2]};
    for (int64_t v = 0; v < w->points; v++) {
        double *samples = w->samples + v * b->size[0] + from;
        spline_row(&w->spline, w->axis[v], where, first, to - from, w->scratch, samples);
        cast_as_scipy(samples, to - from, in->view->image.type);
    }
    const int64_t *n = in->view->image.grid.size;
    for (int64_t x = from; x < to; x++)
        if (mask[x]) {
            int64_t i = (where[2] * n[1] + where[1]) * n[0] + b->lo[0] + x;
            one_voxel(w, voxel++, x, volume_get(&in->view->image, i));
        }
    return voxel;
}

static void sweep(struct sweep *w)
{
    const struct box *b = &w->run->in.box;
    const uint8_t *mask = w->run->in.mask;
    int64_t voxel = 0;
    for (int64_t z = 0; z < b->size[2]; z++)
        for (int64_t y = 0; y < b->size[1]; y++, mask += b->size[0]) {
            int64_t from = 0, to = b->size[0];
            while (from < to && !mask[from])
                from++;
            while (to > from && !mask[to - 1])
                to--;
            if (from < to)
                voxel = one_row(w, (int64_t[3]){0, y, z}, mask, from, to, voxel);
        }
    finish_patterns(w, voxel);
}

static void lbp3d_close(void *state)
{
    struct lbp3d_run *r = state;
    mem_big_free(r->result);
    free(r);
}

static bool lbp3d_compute(struct lbp3d_run *r, struct err *e)
{
    struct sweep w = {.run = r};
    r->levels = ((const struct lbp3d_settings *)r->in.settings.own)->levels;
    r->voxels = r->in.view->intensity.n_voxels;
    r->result = mem_big((size_t)r->voxels, (size_t)(r->levels + 1) * sizeof *r->result, e);
    bool ok = r->result && begin_sweep(&w, e);
    if (ok)
        sweep(&w);
    end_sweep(&w);
    return ok;
}

static bool lbp3d_open(const struct filter_input *in, void **state, struct err *e)
{
    if (in->view->image.grid.dims == 3 && !check_levels(in->settings.own, e))
        return false;
    struct lbp3d_run *r = mem_array(1, sizeof *r, e);
    if (!r)
        return false;
    r->in = *in;
    r->levels = -1;
    if (in->view->image.grid.dims != 3) {
        log_warning("LBP3D left out: the image has 2 axes");
    } else {
        if (in->settings.family->force_2d)
            log_warning("LBP3D works in 3-D, but the features are taken in 2-D (force2D is true)");
        if (!lbp3d_compute(r, e)) {
            lbp3d_close(r);
            return false;
        }
    }
    *state = r;
    return true;
}

static bool lbp3d_next(void *state, struct response *out, double *value, bool *more, struct err *e)
{
    (void)e;
    struct lbp3d_run *r = state;
    *more = r->at <= r->levels;
    if (!*more)
        return true;
    const double *result = r->result + r->at * r->voxels;
    int64_t n = box_voxels(&r->in.box);
    for (int64_t i = 0; i < n; i++)
        value[i] = r->in.mask[i] ? *result++ : 0;
    out->type = PIXEL_F64;
    out->index = (int)r->at++;
    return true;
}

#define AT(field) offsetof(struct lbp3d_settings, field)
static const struct lbp3d_settings defaults = {.levels = 2, .radius = 1, .subdivision = 1};
static const struct key keys[] = {
    {"lbp3DLevels", KEY_INT, AT(levels), NO_FLAG, 1, 64, .fallback = "2", .used = key_used_always,
     .summary = "degrees of spherical harmonics, one image for each"},
    {"lbp3DIcosphereRadius", KEY_REAL, AT(radius), NO_FLAG, 0, INFINITY, true, .fallback = "1",
     .used = key_used_always, .summary = "radius of the sphere of samples, in voxels"},
    {"lbp3DIcosphereSubdivision", KEY_INT, AT(subdivision), NO_FLAG, 0, 8, .fallback = "1",
     .used = key_used_always, .summary = "how often the faces of the icosahedron are divided"},
    {0},
};
#undef AT

const struct filter filter_lbp3d = {
    .name = "LBP3D",
    .summary = "local binary patterns on a sphere, and their kurtosis",
    .settings_bytes = sizeof defaults,
    .defaults = &defaults,
    .keys = keys,
    .names = lbp3d_names,
    .halo = lbp3d_halo,
    .open = lbp3d_open,
    .next = lbp3d_next,
    .close = lbp3d_close,
};
