/* Gabor filter (IBSI 2, Q88H): its modulus, pooled over angles and planes. */
#include "engine/filters/ibsi.h"
#include "engine/responses/gabor.h"

#include <math.h>

struct gabor_settings {
    struct ibsi_common common;
    double sigma_mm, lambda_mm, gamma;
    struct real_list angles_deg;
    double angle_step_deg; /* > 0: all multiples of it up to a full turn, in place of the list */
    bool orthogonal_planes;
    enum pooling pooling;
};

static const double no_turn[] = {0};

static bool gabor_names(const struct filter_settings *s, int dims, struct str_list *out,
                        struct err *e)
{
    const struct gabor_settings *own = s->own;
    struct str name = STR_MAY_FAIL;
    (void)dims, (void)e;
    str_addf(&name, "gabor-sigma-");
    ibsi_name_number(&name, own->sigma_mm);
    str_addf(&name, "-lambda-");
    ibsi_name_number(&name, own->lambda_mm);
    str_addf(&name, "-gamma-");
    ibsi_name_number(&name, own->gamma);
    if (own->angle_step_deg > 0) {
        str_addf(&name, "-step-");
        ibsi_name_number(&name, own->angle_step_deg);
    }
    for (int i = 0; own->angle_step_deg <= 0 && i < own->angles_deg.n; i++) {
        str_addf(&name, "-theta-");
        ibsi_name_number(&name, own->angles_deg.item[i]);
    }
    if (own->orthogonal_planes)
        str_addf(&name, "-planes");
    str_list_take(out, &name);
    return true;
}

static void gabor_halo(const struct grid *g, const struct filter_settings *s, int64_t voxels[3])
{
    const struct gabor_settings *own = s->own;
    const struct gabor gabor = {
        .sigma_mm = own->sigma_mm, .lambda_mm = own->lambda_mm, .gamma = own->gamma};
    double reach[3];
    for (int a = 0; a < 3; a++)
        reach[a] =
            a == 2 && !own->orthogonal_planes ? 0 : (double)gabor_reach(&gabor, g->spacing_mm[a]);
    ibsi_halo(g, &own->common, reach, voxels);
}

static void fill_angles(const struct gabor_settings *own, struct gabor *g)
{
    const double degree = 0.017453292519943295769;
    if (own->angle_step_deg > 0)
        for (int i = 0; i < GABOR_ANGLES && i * own->angle_step_deg < 360 - 1e-9; i++)
            g->angle[g->n_angles++] = i * own->angle_step_deg * degree;
    else
        for (int i = 0; i < GABOR_ANGLES && i < own->angles_deg.n; i++)
            g->angle[g->n_angles++] = own->angles_deg.item[i] * degree;
}

static bool compute(const struct filter_input *in, struct response *out, double *value,
                    struct err *e)
{
    (void)value; /* the response keeps its own */
    const struct gabor_settings *own = in->settings.own;
    struct source source = ibsi_source(in, &own->common);
    struct gabor g = {.sigma_mm = own->sigma_mm,
                      .lambda_mm = own->lambda_mm,
                      .gamma = own->gamma,
                      .pooling = own->pooling,
                      .three_planes = own->orthogonal_planes && in->view->image.grid.dims == 3};
    struct patch p;
    fill_angles(own, &g);
    if (!gabor_response(&source, &g, &in->box, &p, e))
        return false;
    ibsi_deliver(&p, out);
    return true;
}

static bool gabor_next(void *state, struct response *out, double *value, bool *more, struct err *e)
{
    return filter_single_next(state, compute, out, value, more, e);
}

static bool some_angle(const void *at, const struct settings *s, const struct demand *d)
{
    const struct real_list *angles = at;
    (void)s, (void)d;
    return angles->n > 0 && angles->n <= GABOR_ANGLES;
}

static const struct gabor_settings defaults = {
    .common = {BORDER_MIRROR, IBSI_3D},
    .sigma_mm = 5,
    .lambda_mm = 2,
    .gamma = 1.5,
    .angles_deg = {(double *)no_turn, NULL, 1},
    .angle_step_deg = 22.5,
    .orthogonal_planes = true,
    .pooling = POOL_MEAN,
};

#define AT(field) offsetof(struct gabor_settings, field)
static const struct key keys[] = {
    {"gabor.sigma_mm", KEY_REAL, AT(sigma_mm), NO_FLAG, 0, INFINITY, true, .fallback = "5",
     .summary = "width of the Gaussian envelope, mm"},
    {"gabor.lambda_mm", KEY_REAL, AT(lambda_mm), NO_FLAG, 0, INFINITY, true, .fallback = "2",
     .summary = "length of the wave, mm"},
    {"gabor.gamma", KEY_REAL, AT(gamma), NO_FLAG, 0, INFINITY, true, .fallback = "1.5",
     .summary = "width along the wave over width across it"},
    {"gabor.angles_deg", KEY_REALS, AT(angles_deg), NO_FLAG, -INFINITY, INFINITY,
     .possible = some_angle, .must = "have 1 to 360 angles", .fallback = "[0]",
     .summary = "angles in the plane, in degrees; where angle_step_deg is 0"},
    {"gabor.angle_step_deg", KEY_REAL, AT(angle_step_deg), NO_FLAG, 0, 360, .fallback = "22.5",
     .summary = "pool over all multiples of this angle; 0: the angles of the list"},
    {"gabor.orthogonal_planes", KEY_BOOL, AT(orthogonal_planes), NO_FLAG, .fallback = "true",
     .summary = "pool over the planes (x, y), (x, z) and (y, z) too"},
    {"gabor.pooling", KEY_CHOICE, AT(pooling), NO_FLAG, .choices = ibsi_poolings,
     .fallback = "mean", .summary = "how angles and planes are pooled"},
    IBSI_COMMON_KEYS("gabor", gabor_settings),
    {0},
};

const struct filter filter_ibsi_gabor = {
    .name = "gabor",
    .summary = "modulus of Gabor filters (Q88H) in planes of the image",
    .settings_bytes = sizeof defaults,
    .defaults = &defaults,
    .keys = keys,
    IBSI_FILTER_ROW(gabor),
};
