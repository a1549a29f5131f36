/* Interpolation as a step of a profile: the masks, then of the image what lies around them. */
#include "base/mem.h"
#include "engine/load/facts.h"
#include "engine/preprocess/centred.h"
#include "engine/preprocess/part.h"
#include "engine/preprocess/preprocess.h"

#include <math.h>
#include <string.h>

static struct centred grid_for(const struct preparation *p)
{
    const struct real_list *wanted = &p->s->centred.spacing_mm;
    double spacing_mm[3] = {0, 0, 0};
    for (int a = 0; a < wanted->n && a < 3; a++)
        spacing_mm[a] = wanted->item[a];
    return centred_grid(&p->c->image.grid, spacing_mm);
}

static bool interpolate_mask(struct preparation *p, const struct centred *c, struct err *e)
{
    const struct centred_settings *s = &p->s->centred;
    struct label_mask *mask = &p->c->mask, moved;
    struct box box = centred_mask_box(c, &mask->box);
    uint8_t *in = mem_big((size_t)box_voxels(&box) + 1, 1, e);
    bool good = in && (box_voxels(&box) == 0 || centred_mask(c, mask->in, &mask->box, s->mask,
                                                             s->mask_threshold, &box, in, e));
    good = good && label_mask_from(&moved, &c->to, &box, in, e);
    mem_big_free(in);
    if (!good)
        return false;
    label_mask_free(mask);
    *mask = moved;
    return mask->n_voxels > 0 ||
           err_set(e, ERR_REFUSED, "no voxel of the ROI is left on the new grid");
}

/* The ROI's box with what later stages read around it. */
static struct box box_around(const struct preparation *p, const struct grid *g)
{
    int64_t voxels[3] = {0, 0, 0};
    struct box b = p->c->mask.box;
    if (p->around)
        p->around->voxels(p->around->of, g, voxels);
    for (int a = 0; a < 3; a++) {
        int64_t most = g->size[a];
        b = box_grown(&b, a, voxels[a] < most ? voxels[a] : most, most);
    }
    return b;
}

static void round_values(double *value, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        value[i] = nearbyint(value[i]); /* halves to even */
}

static bool interpolate_box(const struct preparation *p, const struct centred *c,
                            const struct box *b, struct patch *out, struct err *e)
{
    if (!centred_image(c, &p->c->image, p->s->centred.image, b, out, e))
        return false;
    if (p->s->centred.round_image)
        round_values(out->value, box_voxels(b));
    return true;
}

/* Minimum, maximum and mean of the whole new image, some slices at a time. */
static bool whole_stats(const struct preparation *p, const struct centred *c,
                        struct value_stats *out, struct err *e)
{
    enum { SLICES = 64 };
    struct box b = {.size = {c->to.size[0], c->to.size[1], 0}};
    double sum = 0;
    *out = (struct value_stats){INFINITY, -INFINITY, NAN};
    for (; b.lo[2] < c->to.size[2]; b.lo[2] += SLICES) {
        int64_t left = c->to.size[2] - b.lo[2];
        struct patch some;
        b.size[2] = left < SLICES ? left : SLICES;
        if (!interpolate_box(p, c, &b, &some, e))
            return false;
        struct value_stats s = stats_of_values(some.value, NULL, box_voxels(&b));
        out->minimum = fmin(out->minimum, s.minimum);
        out->maximum = fmax(out->maximum, s.maximum);
        sum += s.mean * (double)box_voxels(&b);
        patch_free(&some);
    }
    out->mean = sum / (double)grid_voxels(&c->to);
    return true;
}

static bool take_image(struct preparation *p, const struct centred *c, struct err *e)
{
    struct box b = box_around(p, &c->to);
    struct grid g = grid_crop(&c->to, &b);
    struct patch part;
    struct volume image;
    if (!interpolate_box(p, c, &b, &part, e))
        return false;
    bool good = volume_alloc(&image, &g, PIXEL_F64, e);
    if (good)
        memcpy(image.data, part.value, (size_t)box_voxels(&b) * sizeof *part.value);
    patch_free(&part);
    if (!good)
        return false;
    rcase_set_image(p->c, &image);
    p->image_changed = true;
    part_begin(p, &c->to, &b);
    return true;
}

/* The values of the ROI before anything is done. */
static bool note_start(const struct preparation *p, struct err *e)
{
    char sha1[sizeof p->log->mask->sha1];
    if (!p->log)
        return true;
    memcpy(sha1, p->log->mask[STAGE_ORIGINAL].sha1, sizeof sha1);
    return snapshot_mask(p->log, STAGE_ORIGINAL, &p->c->mask, &p->c->image, sha1, e);
}

bool step_centre(struct preparation *p, struct err *e)
{
    const struct centred c = grid_for(p);
    struct value_stats stats = {NAN, NAN, NAN};
    bool whole = p->log && p->s->centred.whole_image;
    if (!note_start(p, e))
        return false;
    if (p->s->centred.spacing_mm.n == 0) {
        snapshot_image(p->log, STAGE_INTERPOLATED, &p->c->image, NULL);
        return snapshot_mask(p->log, STAGE_INTERPOLATED, &p->c->mask, &p->c->image, "", e);
    }
    if (!interpolate_mask(p, &c, e) || (whole && !whole_stats(p, &c, &stats, e)) ||
        !take_image(p, &c, e))
        return err_wrap(e, "interpolation");
    if (p->log)
        p->log->image[STAGE_INTERPOLATED] =
            (struct image_snapshot){.taken = true, .grid = c.to, .stats = stats};
    return part_snapshot(p, STAGE_INTERPOLATED, e);
}
