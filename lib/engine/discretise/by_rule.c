#include "engine/discretise/levels.h"

#include "base/mem.h"

#include <math.h>
#include <string.h>

/* level = floor(factor * (value - shift) / divisor) + 1, at most `most`. */
struct rule {
    double shift, factor, divisor, most;
};

static double level_of(const struct rule *r, double value)
{
    return fmin(floor(r->factor * (value - r->shift) / r->divisor) + 1, r->most);
}

struct range {
    double minimum, maximum;
    bool finite;
};

static struct range range_of(const struct response *r)
{
    struct range range = {r->sample[0], r->sample[0], true};
    for (int64_t i = 0; i < r->n_voxels; i++) {
        range.finite = range.finite && isfinite(r->sample[i]);
        range.minimum = fmin(range.minimum, r->sample[i]);
        range.maximum = fmax(range.maximum, r->sample[i]);
    }
    return range;
}

static struct rule bins_of_width(const struct response *r, const struct discretise_settings *s,
                                 const struct range *range)
{
    double lowest = s->has_lowest && !r->filtered ? s->lowest : range->minimum;
    return (struct rule){lowest, 1, s->bin_width, INFINITY};
}

static struct rule number_of_bins(const struct discretise_settings *s, const struct range *range)
{
    double n = (double)s->bin_count, width = range->maximum - range->minimum;
    return (struct rule){range->minimum, width > 0 ? n : 0, width > 0 ? width : 1, n};
}

static bool find_rule(const struct response *r, const struct discretise_settings *s,
                      struct rule *rule, int32_t *n_levels, struct err *e)
{
    const struct range range = range_of(r);
    if (!range.finite)
        return err_set(e, ERR_REFUSED, "discretisation: a value of the ROI is not finite");
    *rule = s->rule == DISCRETISE_BIN_WIDTH   ? bins_of_width(r, s, &range)
            : s->rule == DISCRETISE_BIN_COUNT ? number_of_bins(s, &range)
                                              : (struct rule){1, 1, 1, INFINITY};
    if (range.minimum < rule->shift)
        return err_set(e, ERR_REFUSED,
                       "discretisation: the ROI has values down to %g, below the lowest, %g",
                       range.minimum, rule->shift);
    double highest = level_of(rule, range.maximum);
    if (highest > 1 << 30)
        return err_set(e, ERR_REFUSED, "discretisation: %g grey levels are too many", highest);
    *n_levels = (int32_t)highest;
    return true;
}

static bool are_levels(const struct response *r, struct err *e)
{
    for (int64_t i = 0; i < r->n_voxels; i++)
        if (r->sample[i] != floor(r->sample[i]) || r->sample[i] < 1)
            return err_set(e, ERR_REFUSED,
                           "discretisation: none is asked for, but %g is no grey level (1, 2, ...)",
                           r->sample[i]);
    return true;
}

static void assign(const struct response *r, const struct rule *rule, struct levels *l)
{
    for (int64_t i = 0; i < r->n_voxels; i++) {
        double level = level_of(rule, r->sample[i]);
        if (l->wide)
            l->wide[i] = (uint32_t)level;
        else
            l->level[i] = (uint16_t)level;
        l->count[(int32_t)level]++;
    }
    for (int32_t k = 1; k <= l->n_levels; k++)
        l->n_present += l->count[k] > 0;
}

bool levels_by_rule(const struct response *r, const struct discretise_settings *s,
                    struct levels *out, struct err *e)
{
    struct rule rule = {0, 1, 1, INFINITY};
    *out = (struct levels){.mask = r->mask, .n_voxels = r->n_voxels};
    memcpy(out->size, r->box.size, sizeof out->size);
    memcpy(out->spacing_mm, r->grid.spacing_mm, sizeof out->spacing_mm);
    if ((s->rule == DISCRETISE_AS_IS && !are_levels(r, e)) ||
        !find_rule(r, s, &rule, &out->n_levels, e))
        return false;
    size_t n = (size_t)r->n_voxels;
    out->count = mem_array((size_t)out->n_levels + 1, sizeof *out->count, e);
    if (out->n_levels > UINT16_MAX)
        out->wide = mem_big(n, sizeof *out->wide, e);
    else
        out->level = mem_big(n, sizeof *out->level, e);
    bool good = out->count && (out->wide || out->level);
    if (good)
        assign(r, &rule, out);
    else
        levels_free(out);
    return good;
}
