/* Laplacian of Gaussian (IBSI 2, L6PA), and its Riesz transforms. */
#include "engine/filters/ibsi.h"
#include "engine/filters/ibsi_riesz.h"
#include "engine/responses/linear.h"

#include <math.h>

struct ibsi_log_settings {
    struct ibsi_common common;
    double sigma_mm, cutoff;
    struct ibsi_riesz riesz;
};

static bool log_names(const struct filter_settings *s, int dims, struct str_list *out,
                      struct err *e)
{
    const struct ibsi_log_settings *own = s->own;
    struct str name = STR_MAY_FAIL;
    (void)dims, (void)e;
    str_addf(&name, "log-sigma-");
    ibsi_name_number(&name, own->sigma_mm);
    str_addf(&name, "-mm");
    ibsi_riesz_name(&name, &own->riesz);
    ibsi_name_done(&name, &own->common, out);
    return true;
}

static void log_halo(const struct grid *g, const struct filter_settings *s, int64_t voxels[3])
{
    const struct ibsi_log_settings *own = s->own;
    double reach[3];
    for (int a = 0; a < 3; a++)
        reach[a] = ibsi_riesz_order(&own->riesz) > 0
                       ? INFINITY
                       : floor(own->cutoff * own->sigma_mm / g->spacing_mm[a] + 0.5);
    ibsi_halo(g, &own->common, reach, voxels);
}

static bool compute(const struct filter_input *in, struct response *out, double *value,
                    struct err *e)
{
    (void)value; /* the response keeps its own */
    const struct ibsi_log_settings *own = in->settings.own;
    struct source source = ibsi_source(in, &own->common);
    struct spectral band = {
        .band = BAND_LOG, .level = 1, .sigma_mm = own->sigma_mm, .cutoff = own->cutoff};
    struct patch p;
    bool good = ibsi_riesz_order(&own->riesz) > 0
                    ? ibsi_riesz_response(&source, &band, &own->riesz, &in->box, &p, e)
                    : log_response(&source, own->sigma_mm, own->cutoff, &in->box, &p, e);
    if (good)
        ibsi_deliver(&p, out);
    return good;
}

static bool log_next(void *state, struct response *out, double *value, bool *more, struct err *e)
{
    return filter_single_next(state, compute, out, value, more, e);
}

static const struct ibsi_log_settings defaults = {
    .common = {BORDER_MIRROR, IBSI_3D}, .sigma_mm = 1.5, .cutoff = 4, .riesz = IBSI_RIESZ_DEFAULT};

#define AT(field) offsetof(struct ibsi_log_settings, field)
static const struct key keys[] = {
    {"log.sigma_mm", KEY_REAL, AT(sigma_mm), NO_FLAG, 0, INFINITY, true, .fallback = "1.5",
     .summary = "width of the Gaussian, mm"},
    {"log.cutoff", KEY_REAL, AT(cutoff), NO_FLAG, 0, INFINITY, true, .fallback = "4",
     .summary = "where the kernel is cut, in sigma"},
    IBSI_RIESZ_KEYS("log", ibsi_log_settings),
    IBSI_COMMON_KEYS("log", ibsi_log_settings),
    {0},
};

const struct filter filter_ibsi_log = {
    .name = "log",
    .summary = "Laplacian of Gaussian (L6PA), and its Riesz transforms (AYRS)",
    .settings_bytes = sizeof defaults,
    .defaults = &defaults,
    .keys = keys,
    IBSI_FILTER_ROW(log),
};
