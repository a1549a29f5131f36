#include "engine/preprocess/check.h"

#include "engine/preprocess/resample.h"

#include <math.h>
#include <stdio.h>

static const double itk_tolerance = 1e-6, corner_tolerance_voxel = 1e-3;

bool check_geometry(const struct grid *image, const struct grid *mask, double tolerance, char *why,
                    size_t room)
{
    if (image->dims != mask->dims) {
        snprintf(why, room, "the image has %d axes, the mask %d", image->dims, mask->dims);
        return false;
    }
    double length = tolerance * image->spacing_mm[0];
    for (int d = 0; d < image->dims; d++) {
        if (image->size[d] != mask->size[d])
            snprintf(why, room, "size along %c: image %lld, mask %lld", "xyz"[d],
                     (long long)image -> size[d], (long long)mask -> size[d]);
        else if (!(fabs(image->origin_mm[d] - mask->origin_mm[d]) <= length))
            snprintf(why, room, "origin along %c: image %.9g mm, mask %.9g mm", "xyz"[d],
                     image -> origin_mm[d], mask -> origin_mm[d]);
        else if (!(fabs(image->spacing_mm[d] - mask->spacing_mm[d]) <= length))
            snprintf(why, room, "spacing along %c: image %.9g mm, mask %.9g mm", "xyz"[d],
                     image -> spacing_mm[d], mask -> spacing_mm[d]);
        else
            continue;
        return false;
    }
    for (int i = 0; i < 9; i++)
        if (!(fabs(image->direction[i] - mask->direction[i]) <= tolerance)) {
            snprintf(why, room, "direction cosine %d: image %.9g, mask %.9g", i + 1,
                     image->direction[i], mask->direction[i]);
            return false;
        }
    return true;
}

static bool same_grid(const struct grid *image, const struct label_mask *mask,
                      const struct settings *s, char *why, size_t room)
{
    double tolerance = s->has_geometry_tolerance ? s->geometry_tolerance : itk_tolerance;
    if (check_geometry(image, &mask->grid, tolerance, why, room))
        return true;
    return !s->has_geometry_tolerance && image->dims == mask->grid.dims &&
           grid_same(image, &mask->grid, corner_tolerance_voxel);
}

static bool correct(struct label_mask *mask, const struct grid *image, struct err *e)
{
    struct label_mask on_image;
    if (!resample_roi_inside(mask, image, e) || !resample_mask(mask, image, &on_image, e))
        return err_wrap(e, "correcting the mask");
    label_mask_free(mask);
    *mask = on_image;
    return true;
}

static bool big_enough(const struct label_mask *mask, const struct settings *s, struct err *e)
{
    if (mask->n_voxels == 0)
        return err_set(e, ERR_REFUSED, "label %lld is not in the mask", (long long)s->label);
    int dimensions = 0;
    for (int d = 0; d < 3; d++)
        dimensions += mask->box.size[d] > 1;
    if (dimensions == 0)
        return err_set(e, ERR_REFUSED, "the ROI is a single voxel");
    if (dimensions < s->minimum_roi_dimensions)
        return err_set(e, ERR_REFUSED, "the ROI has %d dimension%s, minimumROIDimensions is %lld",
                       dimensions, dimensions == 1 ? "" : "s",
                       (long long)s->minimum_roi_dimensions);
    if (s->has_minimum_roi_size && mask->n_voxels <= s->minimum_roi_size)
        return err_set(e, ERR_REFUSED,
                       "the ROI has %lld voxels, minimumROISize asks for more than %lld",
                       (long long)mask->n_voxels, (long long)s->minimum_roi_size);
    return true;
}

bool check_mask(struct label_mask *mask, const struct grid *image, const struct settings *s,
                bool *corrected, struct err *e)
{
    char why[160] = "";
    if (!same_grid(image, mask, s, why, sizeof why)) {
        if (!s->correct_mask)
            return err_set(e, ERR_REFUSED,
                           "the mask is not on the image's grid (%s); correctMask resamples it",
                           why);
        if (!correct(mask, image, e))
            return false;
        *corrected = true;
    }
    return big_enough(mask, s, e);
}
