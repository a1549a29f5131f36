/* Mean filter (IBSI 2, S60F): the mean of the voxels of a square or cube. */
#include "engine/filters/ibsi.h"
#include "engine/responses/linear.h"

struct mean_settings {
    struct ibsi_common common;
    int64_t support;
};

static bool mean_names(const struct filter_settings *s, int dims, struct str_list *out,
                       struct err *e)
{
    const struct mean_settings *own = s->own;
    struct str name = STR_MAY_FAIL;
    (void)dims, (void)e;
    str_addf(&name, "mean-%d", (int)own->support);
    ibsi_name_done(&name, &own->common, out);
    return true;
}

static void mean_halo(const struct grid *g, const struct filter_settings *s, int64_t voxels[3])
{
    const struct mean_settings *own = s->own;
    double reach = (double)(own->support / 2);
    ibsi_halo(g, &own->common, (const double[]){reach, reach, reach}, voxels);
}

static bool compute(const struct filter_input *in, struct response *out, double *value,
                    struct err *e)
{
    (void)value; /* the response keeps its own */
    const struct mean_settings *own = in->settings.own;
    struct source source = ibsi_source(in, &own->common);
    struct patch p;
    if (!mean_response(&source, (int)own->support, &in->box, &p, e))
        return false;
    ibsi_deliver(&p, out);
    return true;
}

static bool mean_next(void *state, struct response *out, double *value, bool *more, struct err *e)
{
    return filter_single_next(state, compute, out, value, more, e);
}

static bool is_odd(const void *at, const struct settings *s, const struct demand *d)
{
    (void)s, (void)d;
    return *(const int64_t *)at % 2 == 1;
}

static const struct mean_settings defaults = {{BORDER_MIRROR, IBSI_3D}, 5};

static const struct key keys[] = {
    {"mean.support", KEY_INT, offsetof(struct mean_settings, support), NO_FLAG, 1, KERNEL_MAX,
     .possible = is_odd, .must = "be odd", .fallback = "5",
     .summary = "side of the square or cube, voxels"},
    IBSI_COMMON_KEYS("mean", mean_settings),
    {0},
};

const struct filter filter_ibsi_mean = {
    .name = "mean",
    .summary = "mean over a square or cube (S60F)",
    .settings_bytes = sizeof defaults,
    .defaults = &defaults,
    .keys = keys,
    IBSI_FILTER_ROW(mean),
};
