#include "engine/preprocess/check.h"

#include "base/mem.h"
#include "engine/preprocess/resample.h"
#include "vol/regrid.h"

#include <math.h>
#include <stdio.h>

static const double itk_tolerance = 1e-6;

bool check_geometry(const struct grid *image, const struct grid *mask, double tolerance, char *why,
                    size_t room)
{
    if (image->dims != mask->dims) {
        snprintf(why, room, "the image has %d axes, the mask %d", image->dims, mask->dims);
        return false;
    }
    double length =
        tolerance * mask->spacing_mm[0]; /* of the mask: ITK looks at its inputs by name */
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

/* The same voxels in another order of axes, as dcm2niix writes masks: they are put in the image's
 * order, which is exact. */
static bool reorder(struct label_mask *mask, const struct grid *image, const struct regrid_map *map,
                    struct err *e)
{
    struct box all = {.size = {image->size[0], image->size[1], image->size[2]}}, touched;
    struct label_mask ordered;
    uint8_t *in = mem_big((size_t)grid_voxels(image), 1, e);
    if (!in)
        return false;
    regrid_paste(map, &mask->grid, &mask->box, mask->in, image, in, &touched);
    bool good = label_mask_from(&ordered, image, &all, in, e);
    mem_big_free(in);
    if (good) {
        label_mask_free(mask);
        *mask = ordered;
    }
    return good;
}

static bool on_image(struct label_mask *mask, const struct grid *image,
                     const struct check_settings *s, bool *same, char *why, size_t room,
                     struct err *e)
{
    struct regrid_map map;
    double tolerance = s->has_geometry_tolerance ? s->geometry_tolerance : itk_tolerance;
    *same = check_geometry(image, &mask->grid, tolerance, why, room);
    if (*same || s->has_geometry_tolerance || image->dims != mask->grid.dims ||
        !regrid_find(&mask->grid, image, &map))
        return true;
    *same = true;
    return regrid_is_identity(&map) || reorder(mask, image, &map, e);
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

static bool big_enough(const struct label_mask *mask, int64_t label, const struct check_settings *s,
                       struct err *e)
{
    if (mask->n_voxels == 0)
        return err_set(e, ERR_REFUSED, "label %lld is not in the mask", (long long)label);
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

bool check_mask(struct label_mask *mask, const struct grid *image, int64_t label,
                const struct check_settings *s, bool *corrected, struct err *e)
{
    char why[160] = "";
    bool same;
    if (!on_image(mask, image, s, &same, why, sizeof why, e))
        return false;
    if (!same) {
        if (!s->correct_mask)
            return err_set(e, ERR_REFUSED,
                           "the mask is not on the image's grid (%s); correctMask resamples it",
                           why);
        if (!correct(mask, image, e))
            return false;
        *corrected = true;
    }
    return big_enough(mask, label, s, e);
}
