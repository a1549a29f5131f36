#include "engine/features/texture.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

void texture_cache_free(struct texture_cache *c)
{
    outline_free(&c->outline);
    codes_free(&c->codes[CODES_DENSE]);
    codes_free(&c->codes[CODES_LEVELS]);
}

void texture_cache_next(struct texture_cache *c)
{
    c->codes[CODES_DENSE].n = c->codes[CODES_LEVELS].n = 0;
}

/* Zeros around the box for every family: neighbours at distance 1 and at the settings' distances.
 */
static void widest_reach(const struct family_settings *s, const int64_t extent[3], int32_t reach[3])
{
    double furthest = 1;
    for (int i = 0; i < s->distances.n; i++)
        furthest = fmax(furthest, s->distances.item[i]);
    for (int a = 0; a < 3; a++)
        reach[a] = (int32_t)fmin(furthest, (double)(extent[a] - 1));
}

/* The codes of a kind, made when they are first asked for. Dense codes of a ROI without absent
 * levels are the levels themselves. */
static const struct codes *share_codes(struct texture_cache *c, const struct levels *l,
                                       enum codes_kind kind, struct err *e)
{
    if (l->n_present == l->n_levels)
        kind = CODES_DENSE;
    struct codes *codes = &c->codes[kind];
    if (codes->n > 0)
        return codes;
    return codes_create(l, &c->outline, c->reach, kind, codes, e) ? codes : NULL;
}

static bool open_with(struct texture_cache *cache, const struct family_input *in,
                      enum codes_kind codes, enum directions_kind directions,
                      const double *distance, int n_distances, struct texture *out, struct err *e)
{
    const struct levels *l = in->levels;
    if (cache->outline.n_runs == 0 && !outline_create(l->mask, l->size, &cache->outline, e))
        return false;
    static const int64_t endless[3] = {INT32_MAX, INT32_MAX, INT32_MAX};
    const int64_t *extent = in->extent                      ? in->extent
                            : in->arithmetic->follows_numpy ? cache->outline.tight.size
                                                            : endless;
    widest_reach(in->settings, extent, cache->reach);
    int flat = aggregation_flat_axis(in->aggregation, in->settings, in->response->grid.dims);
    if (directions_create(extent, distance, n_distances, flat, directions, &out->directions, e))
        out->codes = share_codes(cache, l, codes, e);
    return out->codes != NULL;
}

bool texture_open(const struct family_input *in, enum codes_kind codes,
                  enum directions_kind directions, const double *distance, int n_distances,
                  struct texture *out, struct err *e)
{
    *out = (struct texture){0};
    struct texture_cache *cache = in->texture ? in->texture : &out->own;
    if (cache->lock)
        pthread_mutex_lock(cache->lock);
    bool good = open_with(cache, in, codes, directions, distance, n_distances, out, e);
    if (cache->lock)
        pthread_mutex_unlock(cache->lock);
    if (!good)
        texture_close(out);
    return good;
}

void texture_close(struct texture *t)
{
    texture_cache_free(&t->own);
    directions_free(&t->directions);
}

bool xlogx_open(struct xlogx *x, int64_t largest, struct err *e)
{
    enum { MOST_KNOWN = 1 << 16 };
    x->n = (int32_t)(largest < MOST_KNOWN ? largest + 1 : MOST_KNOWN);
    x->known = mem_big((size_t)x->n, sizeof *x->known, e);
    return x->known != NULL;
}

void xlogx_close(struct xlogx *x)
{
    mem_big_free(x->known);
    x->known = NULL;
}

double xlogx_other(struct xlogx *x, double value)
{
    double result = value > 0 ? value * log2(value) : 0;
    if (value < x->n && (double)(int32_t)value == value)
        x->known[(int32_t)value] = result;
    return result;
}

double texture_entropy(double sum_xlogx, double total, int64_t n, double eps)
{
    /* log2(p + eps) = log2 p + eps / (p ln 2) as far as a double shows, so every value adds
     * eps / ln 2; a single value has no entropy but this. */
    double entropy = n > 1 ? log2(total) - sum_xlogx / total : 0;
    return entropy - (double)n * eps * M_LOG2E;
}

struct mean {
    double sum;
    int n;
};

static void deliver(const struct directional *d, const bool *wanted, const double *value,
                    const char *reason, struct fvalue *out)
{
    for (int f = 0; f < d->n_features; f++)
        if (wanted[f])
            out[f] = (struct fvalue){.value = value[f], .reason = isnan(value[f]) ? reason : NULL};
}

/* A kernel of voxel mode (extent) has no values then, a ROI has the family's exceptions. */
static void deliver_empty(const struct directional *d, const struct family_input *in, bool several,
                          const bool *wanted, double *value, struct fvalue *out)
{
    for (int f = 0; f < d->n_features; f++)
        value[f] = NAN;
    if (!in->extent && in->arithmetic->follows_numpy)
        d->empty(d->family, several, value);
    deliver(d, wanted, value, "no two voxels of the ROI are neighbours in any direction", out);
}

static bool average(const struct directional *d, const struct family_input *in, const bool *wanted,
                    struct fvalue *out, struct cells *m, struct mean *mean, double *value,
                    struct err *e)
{
    int matrices = 0;
    for (int i = 0; i < d->n_directions; i++) {
        if (!d->matrix(d->family, i, m, e))
            return false;
        if (m->n == 0)
            continue;
        matrices++;
        if (!d->evaluate(d->family, m, wanted, value, e))
            return false;
        for (int f = 0; f < d->n_features; f++)
            if (wanted[f] && !isnan(value[f])) {
                mean[f].sum += value[f];
                mean[f].n++;
            }
    }
    if (matrices == 0) {
        deliver_empty(d, in, d->n_directions > 1, wanted, value, out);
        return true;
    }
    for (int f = 0; f < d->n_features; f++)
        value[f] = mean[f].n ? mean[f].sum / mean[f].n : NAN;
    deliver(d, wanted, value, "not defined for any direction", out);
    return true;
}

static bool add_direction(const struct directional *d, const struct family_input *in, int i,
                          struct cells *sum, struct cells *m, struct err *e)
{
    double q_mm[3];
    for (int a = 0; a < 3; a++)
        q_mm[a] = abs(d->offset[i].d[a]) * in->levels->spacing_mm[a];
    double weight = d->weight(in->settings->weighting_norm, q_mm);
    return d->matrix(d->family, i, m, e) && cells_add(sum, m, weight, e);
}

/* The weighted sum of the directions [from, from + n) in NumPy's pairwise order: eight running
 * sums, the rest one by one; beyond 128 by halves. */
static bool add_weighted(const struct directional *d, const struct family_input *in, int from,
                         int n, struct cells *sum, struct cells *m, struct err *e)
{
    enum { LANES = 8, BLOCK = 128 };
    struct cells lane[LANES] = {{0}};
    int half = n / 2 - n / 2 % LANES, i = 0;
    bool ok = true;
    if (n > BLOCK) {
        ok = add_weighted(d, in, from, half, &lane[0], m, e) &&
             add_weighted(d, in, from + half, n - half, &lane[1], m, e) &&
             cells_add(&lane[0], &lane[1], 1, e);
        i = n;
    }
    for (; ok && i < n - n % LANES; i++)
        ok = add_direction(d, in, from + i, &lane[i % LANES], m, e);
    for (int step = 1; n <= BLOCK && step < LANES; step *= 2)
        for (int k = 0; ok && k < LANES; k += 2 * step)
            ok = cells_add(&lane[k], &lane[k + step], 1, e);
    for (; ok && i < n; i++)
        ok = add_direction(d, in, from + i, &lane[0], m, e);
    for (int k = 1; k < LANES; k++)
        cells_free(&lane[k]);
    *sum = lane[0];
    return ok;
}

static bool normalise(const struct directional *d, struct cells *sum, struct err *e)
{
    double total = 1; /* weights may be tiny: 1e-300 */
    if (d->total && !d->total(d->family, sum, &total, e))
        return false;
    for (int64_t k = 0; k < sum->n; k++)
        sum->cell[k].value /= total;
    return true;
}

static bool merge(const struct directional *d, const struct family_input *in, const bool *wanted,
                  struct fvalue *out, struct cells *m, double *value, struct err *e)
{
    struct cells sum = {0};
    bool ok = add_weighted(d, in, 0, d->n_directions, &sum, m, e) && normalise(d, &sum, e);
    if (ok && sum.n == 0) {
        deliver_empty(d, in, false, wanted, value, out);
    } else if (ok) {
        ok = d->evaluate(d->family, &sum, wanted, value, e);
        deliver(d, wanted, value, "not defined for the weighted matrix", out);
    }
    cells_free(&sum);
    return ok;
}

bool texture_directions(const struct directional *d, const struct family_input *in,
                        const bool *wanted, struct fvalue *out, struct err *e)
{
    struct cells m = {0};
    struct mean *mean = mem_array((size_t)d->n_features, sizeof *mean, e);
    double *value = mem_array((size_t)d->n_features, sizeof *value, e);
    bool ok = mean && value;
    if (ok)
        ok = in->aggregation->directions == COMBINE_AVERAGE
                 ? average(d, in, wanted, out, &m, mean, value, e)
                 : merge(d, in, wanted, out, &m, value, e);
    free(mean);
    free(value);
    cells_free(&m);
    return ok;
}

void texture_gone(const struct family *f, const bool *wanted, struct fvalue *out)
{
    for (int i = 0; i < f->n_features; i++)
        if (wanted[i] && family_row(f, i)->status == FEATURE_GONE)
            out[i] = (struct fvalue){.value = NAN, .absent = true, .reason = "deprecated"};
}
