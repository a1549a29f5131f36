#include "engine/voxel/voxel_adjust.h"

#include "engine/features/glcm_formulas.h"
#include "engine/features/sizes.h"

#include <math.h>

/* The value of the feature with this formula; `spare` when the family has none. */
static double *value_of(const struct family *f, glcm_formula *formula, struct fvalue *value,
                        double *spare)
{
    int row = glcm_row_of(f, formula);
    return row < 0 ? spare : &value[row].value;
}

void adjust_glcm(const struct pairs *pairs, const struct kernel_facts *kernel,
                 const struct family *family, struct fvalue *value)
{
    enum pairs_state state = kernel->state;
    double spare;
    for (int f = 0; f < family->n_features; f++)
        if (state == PAIRS_NONE)
            value[f].value = NAN;
    double *correlation = value_of(family, glcm_maximal_correlation, value, &spare);
    if (state == PAIRS_SOME)
        *value_of(family, glcm_joint_average, value, &spare) = NAN;
    if (state != PAIRS_NONE && kernel->n_present == 1 && kernel->all_present > 1)
        *correlation = 0;
    if (state == PAIRS_NONE && kernel->all_present == 1) {
        *correlation = 1;
        if (!pairs_dropped(pairs)) /* levels never differ: a sum over nothing, also of no pairs */
            *value_of(family, glcm_inverse_variance, value, &spare) = 0;
    }
}

int adjust_wanted(const struct class_request *request, bool complete, bool *wanted)
{
    int row = glcm_row_of(request->family, glcm_maximal_correlation);
    if (row >= 0)
        wanted[row] = complete && request->wanted[row];
    for (int i = 0; row >= 0 && wanted[row] && i < request->n; i++)
        if (request->feature[i] == row)
            return i;
    return -1;
}

static double *map_of(const struct batch_maps *maps, int i)
{
    return maps->value + i * maps->stride;
}

void adjust_mcc(const struct batch_maps *maps, double init_value)
{
    const struct class_request *r = maps->request;
    for (int i = 0; i < r->n; i++)
        if (r->feature[i] == glcm_row_of(r->family, glcm_maximal_correlation))
            for (int64_t v = 0; v < maps->n_voxels; v++)
                map_of(maps, i)[v] = init_value;
}

void adjust_glrlm(const struct batch_maps *maps)
{
    const struct class_request *r = maps->request;
    for (int i = 0; i < r->n; i++) {
        sizes_formula formula = sizes_formula_of(r->family, r->feature[i]);
        bool any = formula != sizes_entropy && formula != sizes_variance;
        for (int64_t v = 0; !any && v < maps->n_voxels; v++)
            any = !isnan(map_of(maps, i)[v]);
        for (int64_t v = 0; !any && v < maps->n_voxels; v++)
            map_of(maps, i)[v] = 0;
    }
}

bool adjust_single_runs(const struct family_settings *s, int dims, const int64_t extent[3],
                        bool *single, struct err *e)
{
    static const double neighbours[] = {1};
    struct directions d;
    if (!directions_create(extent, neighbours, 1, settings_flat_axis(s, dims), DIRECTIONS_HALF, &d,
                           e))
        return false;
    *single = s->weighting_norm != WEIGHT_NONE || d.n == 1;
    directions_free(&d);
    return true;
}
