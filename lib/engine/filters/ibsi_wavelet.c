/* Separable wavelets (IBSI 2, 25BO), undecimated. */
#include "engine/filters/ibsi.h"
#include "engine/filters/wavelet_bank.h"
#include "engine/responses/linear.h"

#include <math.h>
#include <string.h>

struct ibsi_wavelet_settings {
    struct ibsi_common common;
    char family[KEY_NAME_ROOM];
    char decomposition[KEY_NAME_ROOM]; /* L or H along x, y, z */
    int64_t level;
    bool rotations;
    enum pooling pooling;
};

static bool is_family(const char *name)
{
    struct wavelet w;
    return wavelet_find(name, &w);
}

static bool is_decomposition(const char *name)
{
    size_t n = strlen(name);
    return (n == 2 || n == 3) && strspn(name, "LH") == n;
}

static bool wavelet_names(const struct filter_settings *s, int dims, struct str_list *out,
                          struct err *e)
{
    const struct ibsi_wavelet_settings *own = s->own;
    size_t axes = own->common.dimensions == IBSI_2D || dims == 2 ? 2 : 3;
    struct str name = STR_MAY_FAIL;
    if (strlen(own->decomposition) != axes)
        return err_set(e, ERR_REFUSED,
                       "wavelet.decomposition %s: %zu letters are needed, one for each axis",
                       own->decomposition, axes);
    str_addf(&name, "wavelet-%s-%s-level-%d", own->family, own->decomposition, (int)own->level);
    if (own->rotations)
        str_addf(&name, "-%s", ibsi_poolings[own->pooling]);
    ibsi_name_done(&name, &own->common, out);
    return true;
}

static void wavelet_halo(const struct grid *g, const struct filter_settings *s, int64_t voxels[3])
{
    const struct ibsi_wavelet_settings *own = s->own;
    struct wavelet w;
    double reach = 0;
    for (int l = 0; wavelet_find(own->family, &w) && l < own->level; l++)
        reach += ldexp(w.length / 2 + 1, l);
    ibsi_halo(g, &own->common, (const double[]){reach, reach, reach}, voxels);
}

static bool compute(const struct filter_input *in, struct response *out, double *value,
                    struct err *e)
{
    (void)value; /* the response keeps its own */
    const struct ibsi_wavelet_settings *own = in->settings.own;
    struct source source = ibsi_source(in, &own->common);
    struct wavelet w;
    struct patch p;
    if (!wavelet_find(own->family, &w))
        return err_set(e, ERR_REFUSED, "unknown wavelet %s", own->family);
    struct separable_wavelet s = {.n = w.length,
                                  .low = w.lo,
                                  .high = w.hi,
                                  .level = (int)own->level,
                                  .rotations = own->rotations,
                                  .pooling = own->pooling};
    for (int a = 0; a < source.dims; a++)
        s.high_pass[a] = own->decomposition[a] == 'H';
    if (!wavelet_response(&source, &s, &in->box, &p, e))
        return false;
    ibsi_deliver(&p, out);
    return true;
}

static bool wavelet_next(void *state, struct response *out, double *value, bool *more,
                         struct err *e)
{
    return filter_single_next(state, compute, out, value, more, e);
}

static const struct ibsi_wavelet_settings defaults = {.common = {BORDER_MIRROR, IBSI_3D},
                                                      .family = "db3",
                                                      .decomposition = "LLH",
                                                      .level = 1,
                                                      .rotations = true,
                                                      .pooling = POOL_MEAN};

#define AT(field) offsetof(struct ibsi_wavelet_settings, field)
static const struct key keys[] = {
    {"wavelet.family", KEY_NAME, AT(family), NO_FLAG, .accepts = is_family,
     .wanted = "a discrete wavelet, as haar, db3, coif1", .fallback = "db3",
     .summary = "which wavelet"},
    {"wavelet.decomposition", KEY_NAME, AT(decomposition), NO_FLAG, .accepts = is_decomposition,
     .wanted = "L or H for each axis, as LLH", .fallback = "LLH",
     .summary = "low or high pass along x, y and z"},
    {"wavelet.level", KEY_INT, AT(level), NO_FLAG, 1, SEPARABLE_LEVELS, .fallback = "1",
     .summary = "level of the decomposition"},
    {"wavelet.rotations", KEY_BOOL, AT(rotations), NO_FLAG, .fallback = "true",
     .summary = "pool over the rotations that map the axes onto each other"},
    {"wavelet.pooling", KEY_CHOICE, AT(pooling), NO_FLAG, .choices = ibsi_poolings,
     .fallback = "mean", .summary = "how the rotations are pooled"},
    IBSI_COMMON_KEYS("wavelet", ibsi_wavelet_settings),
    {0},
};

const struct filter filter_ibsi_wavelet = {
    .name = "wavelet",
    .summary = "separable wavelets, undecimated (25BO)",
    .settings_bytes = sizeof defaults,
    .defaults = &defaults,
    .keys = keys,
    IBSI_FILTER_ROW(wavelet),
};
