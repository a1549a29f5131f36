#include "engine/preprocess/preprocess.h"

#include "base/mem.h"
#include "engine/preprocess/check.h"
#include "engine/preprocess/crop.h"
#include "engine/preprocess/normalise.h"
#include "engine/preprocess/resample.h"
#include "engine/preprocess/resegment.h"

#include <math.h>

bool step_normalise(struct preparation *p, struct err *e)
{
    if (!p->s->normalise.normalize)
        return true;
    struct volume image;
    p->image_changed = true;
    if (!normalise(&p->c->image, &p->s->normalise, &image, e))
        return false;
    rcase_set_image(p->c, &image);
    return true;
}

static bool resample_onto(struct preparation *p, const struct grid *to, bool same, struct err *e)
{
    struct rcase *c = p->c;
    struct label_mask mask;
    if (!p->rules->mask(&c->mask, to, &mask, e))
        return false;
    label_mask_free(&c->mask);
    c->mask = mask;
    if (same)
        return mask.n_voxels == 0 || crop_case(c, p->s->resample.pad_distance, e);
    struct volume image;
    if (!resample_image(&c->image, to, p->s->resample.interpolator, c->pool, &image, e))
        return false;
    rcase_set_image(c, &image);
    return true;
}

bool step_resample(struct preparation *p, struct err *e)
{
    struct rcase *c = p->c;
    struct grid to;
    bool same;
    if (!settings_resample(&p->s->resample))
        return true;
    p->image_changed = true;
    if (!p->rules->grid(&c->image.grid, &c->mask, &p->s->resample, &to, &same, e) ||
        !resample_onto(p, &to, same, e))
        return err_wrap(e, "resampling");
    if (c->mask.n_voxels == 0)
        return err_set(e, ERR_REFUSED, "resampling: no voxel of the ROI is left");
    snapshot_image(p->log, STAGE_INTERPOLATED, &c->image, NULL);
    return snapshot_mask(p->log, STAGE_INTERPOLATED, &c->mask, &c->image, "", e);
}

static bool check(struct preparation *p, struct label_mask *mask, bool *corrected, struct err *e)
{
    *corrected = false;
    return check_mask(mask, &p->c->image.grid, p->s->load.label, &p->s->check, corrected, e);
}

bool step_pre_crop(struct preparation *p, struct err *e)
{
    bool corrected;
    if (!p->s->resample.pre_crop || settings_resample(&p->s->resample))
        return true;
    p->image_changed = true;
    return check(p, &p->c->mask, &corrected, e) && crop_case(p->c, p->s->resample.pad_distance, e);
}

bool step_check(struct preparation *p, struct err *e)
{
    bool corrected;
    if (!check(p, &p->c->mask, &corrected, e))
        return false;
    return !corrected || snapshot_mask(p->log, STAGE_CORRECTED, &p->c->mask, &p->c->image, "", e);
}

bool step_resegment(struct preparation *p, struct err *e)
{
    struct rcase *c = p->c;
    struct label_mask kept;
    bool corrected;
    if (!p->s->resegment.has_resegment_range)
        return true;
    if (!resegment(&c->image, &c->mask, &p->s->resegment, &kept, e))
        return false;
    if (!check(p, &kept, &corrected, e)) {
        label_mask_free(&kept);
        return err_wrap(e, "after resegmentation");
    }
    if (p->s->resegment.resegment_shape)
        label_mask_free(&c->mask);
    else
        c->morphology = c->mask;
    c->mask = kept;
    return snapshot_mask(p->log, STAGE_RESEGMENTED, &c->mask, &c->image, "", e);
}

bool step_cut_morphology(struct preparation *p, struct err *e)
{
    struct label_mask *whole = &p->c->morphology;
    const struct box *box = &p->c->mask.box;
    if (!whole->in)
        return true;
    int64_t n = box_voxels(box);
    struct label_mask cut = {.grid = whole->grid, .box = *box};
    cut.in = mem_big((size_t)n, 1, e);
    if (!cut.in)
        return false;
    label_mask_read(whole, box, cut.in);
    for (int64_t i = 0; i < n; i++)
        cut.n_voxels += cut.in[i];
    label_mask_free(whole);
    *whole = cut;
    return true;
}

static void fill_view(const struct preparation *p, struct roi_view *out)
{
    const struct rcase *c = p->c;
    const struct value_stats *stats = &c->image_file.stats;
    *out = (struct roi_view){
        .image = c->image,
        .intensity = c->mask,
        .morphology = c->morphology.in ? c->morphology : c->mask,
        /* minimum and maximum do not show a NaN, the mean does: then the filters search the image
           themselves, as they do while another thread still looks for them */
        .has_stats = !p->image_changed && c->image_file.has_stats && !isnan(stats->mean),
        .minimum = stats->minimum,
        .maximum = stats->maximum,
        .mean = stats->mean,
    };
}

bool preprocess(struct rcase *c, const struct preprocess_rules *rules, const struct settings *s,
                const struct surroundings *around, struct snapshots *log, struct roi_view *out,
                struct err *e)
{
    struct preparation p = {.c = c, .s = s, .log = log, .rules = rules, .around = around};
    for (preprocess_step *const *step = rules->step; *step; step++)
        if (!(*step)(&p, e))
            return false;
    fill_view(&p, out);
    return true;
}
