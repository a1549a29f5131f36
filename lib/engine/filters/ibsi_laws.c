/* Laws kernels (IBSI 2, JTXT) and their texture energy (PQSD). */
#include "engine/filters/ibsi.h"
#include "engine/responses/linear.h"

#include <math.h>
#include <string.h>

struct laws_settings {
    struct ibsi_common common;
    char kernels[KEY_NAME_ROOM]; /* e.g. L5E5E5: along x, y, z */
    bool rotations;
    enum pooling pooling;
    int64_t energy_distance;
};

static int row_of(const char *name)
{
    for (int i = 0; laws_kernels[i].name; i++)
        if (strncmp(laws_kernels[i].name, name, 2) == 0)
            return i;
    return -1;
}

/* How many kernels a name has; 0 when it is none. */
static int count_kernels(const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < n; i += 2)
        if (i + 2 > n || row_of(name + i) < 0)
            return 0;
    return n == 4 || n == 6 ? (int)n / 2 : 0;
}

static bool is_kernels(const char *name)
{
    return count_kernels(name) > 0;
}

static bool laws_names(const struct filter_settings *s, int dims, struct str_list *out,
                       struct err *e)
{
    const struct laws_settings *own = s->own;
    int axes = own->common.dimensions == IBSI_2D || dims == 2 ? 2 : 3;
    struct str name = STR_MAY_FAIL;
    if (count_kernels(own->kernels) != axes)
        return err_set(e, ERR_REFUSED, "laws.kernels %s: %d are needed, one for each axis",
                       own->kernels, axes);
    str_addf(&name, "laws-%s", own->kernels);
    if (own->energy_distance > 0)
        str_addf(&name, "-energy-%d", (int)own->energy_distance);
    if (own->rotations)
        str_addf(&name, "-%s", ibsi_poolings[own->pooling]);
    ibsi_name_done(&name, &own->common, out);
    return true;
}

static void laws_halo(const struct grid *g, const struct filter_settings *s, int64_t voxels[3])
{
    const struct laws_settings *own = s->own;
    double reach = 2 + (double)own->energy_distance;
    ibsi_halo(g, &own->common, (const double[]){reach, reach, reach}, voxels);
}

static bool compute(const struct filter_input *in, struct response *out, double *value,
                    struct err *e)
{
    (void)value; /* the response keeps its own */
    const struct laws_settings *own = in->settings.own;
    struct source source = ibsi_source(in, &own->common);
    struct laws laws = {.rotations = own->rotations,
                        .pooling = own->pooling,
                        .energy_distance = (int)own->energy_distance};
    struct patch p;
    for (int a = 0; a < source.dims; a++)
        laws.kernel[a] = row_of(own->kernels + 2 * a);
    if (!laws_response(&source, &laws, &in->box, &p, e))
        return false;
    ibsi_deliver(&p, out);
    return true;
}

static bool laws_next(void *state, struct response *out, double *value, bool *more, struct err *e)
{
    return filter_single_next(state, compute, out, value, more, e);
}

static const struct laws_settings defaults = {.common = {BORDER_MIRROR, IBSI_3D},
                                              .kernels = "L5E5E5",
                                              .rotations = true,
                                              .pooling = POOL_MAX,
                                              .energy_distance = 7};

#define AT(field) offsetof(struct laws_settings, field)
static const struct key keys[] = {
    {"laws.kernels", KEY_NAME, AT(kernels), NO_FLAG, .accepts = is_kernels,
     .wanted = "two or three of L3 E3 S3 L5 E5 S5 W5 R5, as L5E5E5", .fallback = "L5E5E5",
     .summary = "kernels along x, y and z"},
    {"laws.rotations", KEY_BOOL, AT(rotations), NO_FLAG, .fallback = "true",
     .summary = "pool over the rotations that map the axes onto each other"},
    {"laws.pooling", KEY_CHOICE, AT(pooling), NO_FLAG, .choices = ibsi_poolings, .fallback = "max",
     .summary = "how the rotations are pooled"},
    {"laws.energy_distance", KEY_INT, AT(energy_distance), NO_FLAG, 0, 100, .fallback = "7",
     .summary = "voxels around each over which the energy is averaged; 0: no energy"},
    IBSI_COMMON_KEYS("laws", laws_settings),
    {0},
};

const struct filter filter_ibsi_laws = {
    .name = "laws",
    .summary = "Laws kernels (JTXT) with texture energy (PQSD)",
    .settings_bytes = sizeof defaults,
    .defaults = &defaults,
    .keys = keys,
    IBSI_FILTER_ROW(laws),
};
