/* Shape of the ROI in space (specification 6.8; IBSI 3.1). */
#include "engine/features/shape.h"

#include "engine/features/axes.h"
#include "engine/features/diameters.h"
#include "engine/features/mesh.h"

#include <math.h>

static void axis_features(const struct axes *a, const double mm[3], struct shape *v)
{
    const double per_root = 4; /* axis of an ellipse per root of its variance */
    double least = axes_root(a->eigenvalue_mm2[0]), minor = axes_root(a->eigenvalue_mm2[1]),
           major = axes_root(a->eigenvalue_mm2[2]);
    v->least_axis_mm = per_root * least;
    v->minor_axis_mm = per_root * minor;
    v->major_axis_mm = per_root * major;
    v->elongation = minor / major;
    v->flatness = least / major;
    v->voxel_volume_mm3 = (double)a->n_voxels * (mm[0] * mm[1] * mm[2]);
}

static void mesh_features(const struct mesh *m, struct shape *v)
{
    double volume = m->volume_mm3, area = m->area_mm2;
    double ball = cbrt(36 * M_PI * volume * volume); /* area of the ball of this volume */
    v->mesh_volume_mm3 = volume;
    v->area_mm2 = area;
    v->area_per_volume = area / volume;
    v->sphericity = ball / area;
    v->spherical_disproportion = area / ball;
    v->compactness_1 = volume / (sqrt(M_PI) * pow(area, 1.5));
    v->compactness_2 = 36 * M_PI * volume * volume / (area * area * area);
}

static void diameter_features(const struct diameters *d, struct shape *v)
{
    v->diameter_mm = d->all_mm;
    v->slice_diameter_mm = d->slice_mm;
    v->column_diameter_mm = d->column_mm;
    v->row_diameter_mm = d->row_mm;
}

bool shape_of_mask(const uint8_t *mask, const int64_t size[3], const double spacing_mm[3],
                   struct shape *out, struct err *e)
{
    struct mesh mesh;
    struct diameters diameters;
    if (!mesh_measure(mask, size, spacing_mm, &mesh, e) ||
        !diameters_measure(mask, size, spacing_mm, &diameters, e))
        return false;
    struct axes axes = axes_measure(mask, size, spacing_mm);
    axis_features(&axes, spacing_mm, out);
    mesh_features(&mesh, out);
    diameter_features(&diameters, out);
    return true;
}

bool shape_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                   struct fvalue *out, struct err *e)
{
    const struct response *r = in->response;
    struct shape v;
    if (!shape_of_mask(r->mask, r->box.size, r->grid.spacing_mm, &v, e))
        return false;
    fields_deliver(self, &v, "the ROI has no extent", wanted, out);
    return true;
}
