/* Non-separable wavelets (IBSI 2, LODD) of Shannon and Simoncelli, and their Riesz transforms. */
#include "engine/filters/ibsi.h"
#include "engine/filters/ibsi_riesz.h"

#include <math.h>

enum nonseparable_family { FAMILY_SHANNON, FAMILY_SIMONCELLI };
static const char *const families[] = {"shannon", "simoncelli", NULL};

struct nonseparable_settings {
    struct ibsi_common common;
    enum nonseparable_family family;
    int64_t level;
    struct ibsi_riesz riesz;
};

static bool nonseparable_names(const struct filter_settings *s, int dims, struct str_list *out,
                               struct err *e)
{
    const struct nonseparable_settings *own = s->own;
    struct str name = STR_MAY_FAIL;
    (void)dims, (void)e;
    str_addf(&name, "%s-level-%d", families[own->family], (int)own->level);
    ibsi_riesz_name(&name, &own->riesz);
    ibsi_name_done(&name, &own->common, out);
    return true;
}

static void nonseparable_halo(const struct grid *g, const struct filter_settings *s,
                              int64_t voxels[3])
{
    const struct nonseparable_settings *own = s->own;
    ibsi_halo(g, &own->common, (const double[]){INFINITY, INFINITY, INFINITY}, voxels);
}

/* A mirrored or periodic image goes on by itself in the transform. The others are extended first,
 * so that what lies beyond the border is what the boundary says. */
static int64_t padding(const struct ibsi_common *common)
{
    enum { ENOUGH = 32 };
    return common->boundary == BORDER_ZERO || common->boundary == BORDER_NEAREST ? ENOUGH : 0;
}

static bool compute(const struct filter_input *in, struct response *out, double *value,
                    struct err *e)
{
    (void)value; /* the response keeps its own */
    const struct nonseparable_settings *own = in->settings.own;
    struct source source = ibsi_source(in, &own->common);
    struct spectral band = {.band = own->family == FAMILY_SHANNON ? BAND_SHANNON : BAND_SIMONCELLI,
                            .level = (int)own->level,
                            .pad = padding(&own->common)};
    struct patch p;
    if (!ibsi_riesz_response(&source, &band, &own->riesz, &in->box, &p, e))
        return false;
    ibsi_deliver(&p, out);
    return true;
}

static bool nonseparable_next(void *state, struct response *out, double *value, bool *more,
                              struct err *e)
{
    return filter_single_next(state, compute, out, value, more, e);
}

static const struct nonseparable_settings defaults = {.common = {BORDER_MIRROR, IBSI_3D},
                                                      .family = FAMILY_SIMONCELLI,
                                                      .level = 1,
                                                      .riesz = IBSI_RIESZ_DEFAULT};

#define AT(field) offsetof(struct nonseparable_settings, field)
static const struct key keys[] = {
    {"nonseparable.family", KEY_CHOICE, AT(family), NO_FLAG, .choices = families,
     .fallback = "simoncelli", .summary = "which wavelet"},
    {"nonseparable.level", KEY_INT, AT(level), NO_FLAG, 1, 30, .fallback = "1",
     .summary = "level of the decomposition"},
    IBSI_RIESZ_KEYS("nonseparable", nonseparable_settings),
    IBSI_COMMON_KEYS("nonseparable", nonseparable_settings),
    {0},
};

const struct filter filter_ibsi_nonseparable = {
    .name = "nonseparable",
    .summary = "non-separable wavelets (LODD) and their Riesz transforms (AYRS)",
    .settings_bytes = sizeof defaults,
    .defaults = &defaults,
    .keys = keys,
    IBSI_FILTER_ROW(nonseparable),
};
