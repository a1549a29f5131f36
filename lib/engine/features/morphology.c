#include "engine/features/morphology.h"

#include "base/mem.h"
#include "engine/features/autocorrelation.h"
#include "engine/features/convex_hull.h"
#include "engine/features/enclosing.h"

#include <math.h>
#include <stddef.h>

static void shares_of_box(const struct box *b, const double mm[3], struct morphology *m)
{
    double x = (double)b->size[0] * mm[0], y = (double)b->size[1] * mm[1],
           z = (double)b->size[2] * mm[2];
    m->box_volume_share = m->shape.mesh_volume_mm3 / (x * y * z);
    m->box_area_share = m->shape.area_mm2 / (2 * (x * y + x * z + y * z));
}

/* IBSI's covariance is divided by n - 1: the published values of the digital phantom decide that.
 */
static void widen_axes(double n_voxels, struct shape *s)
{
    double factor = sqrt(n_voxels / (n_voxels - 1));
    s->major_axis_mm *= factor;
    s->minor_axis_mm *= factor;
    s->least_axis_mm *= factor;
}

static void shares_of_axes(struct morphology *m)
{
    const double half[3] = {m->shape.major_axis_mm / 2, m->shape.minor_axis_mm / 2,
                            m->shape.least_axis_mm / 2};
    const struct enclosing body = ellipsoid_measure(half);
    m->ellipsoid_volume_share = m->shape.mesh_volume_mm3 / body.volume_mm3;
    m->ellipsoid_area_share = m->shape.area_mm2 / body.area_mm2;
}

static bool shares_of_hull(const struct label_mask *mask, const double mm[3], struct morphology *m,
                           struct err *e)
{
    struct convex_hull hull;
    struct enclosing box;
    double half[3], volume = m->shape.mesh_volume_mm3, area = m->shape.area_mm2;
    if (!convex_hull_of_mask(mask->in, mask->box.size, &hull, e))
        return false;
    m->hull_volume_share = volume / convex_hull_volume_mm3(&hull, mm);
    m->hull_area_share = area / convex_hull_area_mm2(&hull, mm);
    bool good = enclosing_box(&hull, mm, &box, e) && enclosing_ellipsoid(&hull, mm, half, e);
    convex_hull_free(&hull);
    if (!good)
        return false;
    const struct enclosing body = ellipsoid_measure(half);
    m->oriented_volume_share = volume / box.volume_mm3;
    m->oriented_area_share = area / box.area_mm2;
    m->least_volume_share = volume / body.volume_mm3;
    m->least_area_share = area / body.area_mm2;
    return true;
}

/* Sums over the set voxels of a mask: their number, weights, and weighted indices of the image. */
struct centre {
    double n, weight, at[3];
};

/* value NULL: every voxel weighs 1. */
static struct centre centre_of(const struct label_mask *mask, const double *value)
{
    struct centre c = {0};
    int64_t i = 0;
    for (int64_t z = 0; z < mask->box.size[2]; z++)
        for (int64_t y = 0; y < mask->box.size[1]; y++)
            for (int64_t x = 0; x < mask->box.size[0]; x++, i++) {
                if (!mask->in[i])
                    continue;
                double weight = value ? value[i] : 1;
                c.n++;
                c.weight += weight;
                c.at[0] += weight * (double)(x + mask->box.lo[0]);
                c.at[1] += weight * (double)(y + mask->box.lo[1]);
                c.at[2] += weight * (double)(z + mask->box.lo[2]);
            }
    return c;
}

static double distance_mm(const struct centre *a, const struct centre *b, const double mm[3])
{
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double d = (a->at[i] / a->weight - b->at[i] / b->weight) * mm[i];
        sum += d * d;
    }
    return sqrt(sum);
}

/* The groups of features that take far longer than all others, if any of them is wanted. */
#define FIELD(name) offsetof(struct morphology, name)
static const size_t of_hull[] = {FIELD(hull_volume_share),     FIELD(hull_area_share),
                                 FIELD(oriented_volume_share), FIELD(oriented_area_share),
                                 FIELD(least_volume_share),    FIELD(least_area_share)};
static const size_t of_pairs[] = {FIELD(moran_i), FIELD(geary_c)};
static const size_t of_intensities[] = {FIELD(moran_i), FIELD(geary_c), FIELD(centre_shift_mm),
                                        FIELD(integrated_intensity)};
#undef FIELD
struct demanded {
    bool hull, pairs, intensities;
};

static bool any_wanted(const struct family *self, const bool *wanted, const size_t *field, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fields_want(self, wanted, field[i]))
            return true;
    return false;
}

static struct demanded demanded_of(const struct family *self, const bool *wanted)
{
    return (struct demanded){
        any_wanted(self, wanted, of_hull, sizeof of_hull / sizeof *of_hull),
        any_wanted(self, wanted, of_pairs, sizeof of_pairs / sizeof *of_pairs),
        any_wanted(self, wanted, of_intensities, sizeof of_intensities / sizeof *of_intensities),
    };
}

static bool intensity_features(const struct roi_view *view, const double mm[3], bool pairs,
                               struct morphology *m, struct err *e)
{
    const struct label_mask *mask = &view->intensity;
    struct autocorrelation a = {.moran_i = NAN, .geary_c = NAN};
    double *value = mem_big((size_t)box_voxels(&mask->box), sizeof *value, e);
    if (!value)
        return false;
    volume_read_box(&view->image, &mask->box, value);
    const struct centre bright = centre_of(mask, value), shape = centre_of(&view->morphology, NULL);
    m->centre_shift_mm = distance_mm(&bright, &shape, mm);
    m->integrated_intensity = bright.weight / bright.n * m->shape.mesh_volume_mm3;
    bool good = !pairs || autocorrelation_measure(value, mask->in, mask->box.size, mm, &a, e);
    mem_big_free(value);
    m->moran_i = good ? a.moran_i : NAN;
    m->geary_c = good ? a.geary_c : NAN;
    return good;
}

bool morphology_measure(const struct family *self, const struct family_input *in,
                        const bool *wanted, struct fvalue *out, struct err *e)
{
    struct morphology m = {.asphericity = NAN};
    const struct label_mask *mask = &in->view->morphology;
    const double *mm = in->view->image.grid.spacing_mm;
    const struct demanded demanded = demanded_of(self, wanted);
    if (!shape_of_mask(mask->in, mask->box.size, mm, &m.shape, e) ||
        (demanded.hull && !shares_of_hull(mask, mm, &m, e)) ||
        (demanded.intensities && !intensity_features(in->view, mm, demanded.pairs, &m, e)))
        return false;
    widen_axes((double)mask->n_voxels, &m.shape);
    double volume = m.shape.mesh_volume_mm3, area = m.shape.area_mm2;
    m.asphericity = cbrt(area * area * area / (36 * M_PI * volume * volume)) - 1;
    shares_of_box(&mask->box, mm, &m);
    shares_of_axes(&m);
    fields_deliver(self, &m, "the ROI has no extent, or no contrast", wanted, out);
    return true;
}
