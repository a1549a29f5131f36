#include "engine/preprocess/preprocess.h"

#include "base/mem.h"
#include "engine/preprocess/check.h"
#include "engine/preprocess/crop.h"
#include "engine/preprocess/normalise.h"
#include "engine/preprocess/resample.h"
#include "engine/preprocess/resegment.h"

#include <math.h>

static bool resample_onto(struct rcase *c, const struct settings *s, const struct grid *to,
                          bool same, struct err *e)
{
    struct label_mask mask;
    if (!resample_mask(&c->mask, to, &mask, e))
        return false;
    label_mask_free(&c->mask);
    c->mask = mask;
    if (same)
        return mask.n_voxels == 0 || crop_case(c, s->pad_distance, e);
    struct volume image;
    if (!resample_image(&c->image, to, s->interpolator, &image, e))
        return false;
    volume_free(&c->image);
    c->image = image;
    return true;
}

static bool resample_case(struct rcase *c, const struct settings *s, struct snapshots *log,
                          struct err *e)
{
    struct grid to;
    bool same;
    if (!resample_grid(&c->image.grid, &c->mask, s, &to, &same, e) ||
        !resample_onto(c, s, &to, same, e))
        return err_wrap(e, "resampling");
    if (c->mask.n_voxels == 0)
        return err_set(e, ERR_REFUSED, "resampling: no voxel of the ROI is left");
    snapshot_image(log, STAGE_INTERPOLATED, &c->image, NULL);
    return snapshot_mask(log, STAGE_INTERPOLATED, &c->mask, &c->image, "", e);
}

/* The image on which everything later works. */
static bool prepare_image(struct rcase *c, const struct settings *s, bool resampled,
                          struct snapshots *log, struct err *e)
{
    if (s->normalize && !normalise(&c->image, s, e))
        return false;
    bool corrected = false;
    if (resampled)
        return resample_case(c, s, log, e);
    return !s->pre_crop || (check_mask(&c->mask, &c->image.grid, s, &corrected, e) &&
                            crop_case(c, s->pad_distance, e));
}

static bool resegment_case(struct rcase *c, const struct settings *s, struct snapshots *log,
                           struct prepared *out, struct err *e)
{
    struct label_mask kept;
    bool corrected = false;
    if (!resegment(&c->image, &c->mask, s, &kept, e))
        return false;
    if (!check_mask(&kept, &c->image.grid, s, &corrected, e)) {
        label_mask_free(&kept);
        return err_wrap(e, "after resegmentation");
    }
    if (!s->resegment_shape) {
        /* the original ROI inside the box of the new one: pyradiomics crops shape so, too */
        out->shape_in = mem_big((size_t)box_voxels(&kept.box), 1, e);
        if (out->shape_in)
            label_mask_read(&c->mask, &kept.box, out->shape_in);
    }
    label_mask_free(&c->mask);
    c->mask = kept;
    return (s->resegment_shape || out->shape_in) &&
           snapshot_mask(log, STAGE_RESEGMENTED, &c->mask, &c->image, "", e);
}

static void fill_view(const struct rcase *c, bool image_as_loaded, struct prepared *out)
{
    const struct value_stats *stats = &c->image_file.stats;
    out->view = (struct roi_view){
        .image = c->image,
        .mask = c->mask.in,
        .shape_mask = out->shape_in ? out->shape_in : c->mask.in,
        .roi = c->mask.box,
        .n_voxels = c->mask.n_voxels,
        /* a NaN hides in minimum and maximum, not in the mean: then let them look themselves */
        .has_stats = image_as_loaded && c->image_file.has_stats && !isnan(stats->mean),
        .minimum = stats->minimum,
        .maximum = stats->maximum,
        .mean = stats->mean,
    };
}

bool preprocess(struct rcase *c, const struct settings *s, struct snapshots *log,
                struct prepared *out, struct err *e)
{
    *out = (struct prepared){0};
    bool resampled = s->interpolator != INTERP_NONE && s->has_resampled_pixel_spacing;
    bool corrected = false;
    if (!prepare_image(c, s, resampled, log, e) ||
        !check_mask(&c->mask, &c->image.grid, s, &corrected, e))
        return false;
    if (corrected && !snapshot_mask(log, STAGE_CORRECTED, &c->mask, &c->image, "", e))
        return false;
    if (s->has_resegment_range && !resegment_case(c, s, log, out, e))
        return false;
    fill_view(c, !s->normalize && !resampled && !s->pre_crop, out);
    return true;
}

void prepared_free(struct prepared *p)
{
    mem_big_free(p->shape_in);
    *p = (struct prepared){0};
}
