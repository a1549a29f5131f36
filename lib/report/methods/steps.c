/* Statements on the steps of preprocessing, one row for each step that a profile may have. */
#include "report/methods/items.h"

#include "report/methods/values.h"

#include <math.h>

static void tell_nothing(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m, (void)g, (void)out;
}

/* --- which regions are measured --- */

static void tell_check(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    const struct check_settings *s = &g->params->settings.check;
    if (s->minimum_roi_dimensions > 1)
        md_put(out,
               "Regions that are not longer than one voxel along at least {} axes were skipped. ",
               shown_int(s->minimum_roi_dimensions).text);
    if (s->has_minimum_roi_size)
        md_put(out, "Regions of {} voxels or fewer were skipped. ",
               shown_int(s->minimum_roi_size).text);
}

/* --- intensities --- */

static void tell_normalise(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    const struct normalise_settings *s = &g->params->settings.normalise;
    if (!s->normalize) {
        md_put(out, "Intensities were not normalised. ");
        return;
    }
    md_put(out, "The intensities of each whole image were normalised to a mean of 0 and a standard "
                "deviation of 1");
    if (s->has_remove_outliers)
        md_put(out, ", limited to {} standard deviations", value_number(s->remove_outliers).text);
    if (s->normalize_scale != 1)
        md_put(out, ", then multiplied by {}", value_number(s->normalize_scale).text);
    md_put(out, ". ");
}

/* --- interpolation --- */

static const struct {
    const char *name, *notation; /* IBSI's, where it has one */
} interpolators[] = {
    [INTERP_NONE] = {"", ""},
    [INTERP_NEAREST] = {"nearest neighbour", "NNB"},
    [INTERP_LINEAR] = {"linear", "LIN"},
    [INTERP_BSPLINE] = {"cubic B-spline", "CSI"},
    [INTERP_GAUSSIAN] = {"Gaussian", ""},
    [INTERP_LABEL_GAUSSIAN] = {"label Gaussian", ""},
    [INTERP_HAMMING_SINC] = {"Hamming-windowed sinc", ""},
    [INTERP_COSINE_SINC] = {"cosine-windowed sinc", ""},
    [INTERP_WELCH_SINC] = {"Welch-windowed sinc", ""},
    [INTERP_LANCZOS_SINC] = {"Lanczos-windowed sinc", ""},
    [INTERP_BLACKMAN_SINC] = {"Blackman-windowed sinc", ""},
};

/* " (IBSI LIN:3D:2mm)" */
static void put_notation(const char *notation, const struct real_list *mm, struct md *out)
{
    struct str sizes = {0};
    bool flat = mm->n < 3 || mm->item[2] == 0;
    const struct real_list shown = {.item = mm->item, .n = mm->n < 2 || !flat ? mm->n : 2};
    value_sizes(&shown, true, &sizes);
    if (*notation)
        md_put(out, " (IBSI {}:{}:{}mm)", notation, flat ? "2D" : "3D", str_text(&sizes));
    str_free(&sizes);
}

/* 0 keeps a spacing, mostly that of the slices. */
static void put_sizes(const struct real_list *mm, const char *kept, struct md *out)
{
    struct str sizes = {0};
    bool in_slices = mm->n == 3 && mm->item[2] == 0 && mm->item[0] > 0 && mm->item[1] > 0;
    bool some_kept = false;
    for (int i = 0; i < mm->n; i++)
        some_kept = some_kept || mm->item[i] == 0;
    const struct real_list shown = {.item = mm->item, .n = in_slices ? 2 : mm->n};
    value_sizes(&shown, false, &sizes);
    md_put(out, "{} mm", str_text(&sizes));
    if (in_slices)
        md_put(out, " within slices, whose distance was kept,");
    else if (some_kept)
        md_put(out, " (0: the spacing of the {} was kept)", kept);
    str_free(&sizes);
}

static void tell_not_interpolated(struct md *out)
{
    md_put(out, "Images and masks were not interpolated (IBSI INT:\xe2\x80\x93). ");
}

/* docs/pyradiomics.md, section 3 */
static void tell_resample(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    const struct resample_settings *s = &g->params->settings.resample;
    if (!settings_resample(s)) {
        tell_not_interpolated(out);
        return;
    }
    md_put(out, "Images were resampled to voxels of ");
    put_sizes(&s->resampled_pixel_spacing, "mask", out);
    md_put(out, " by {} interpolation", interpolators[s->interpolator].name);
    put_notation(interpolators[s->interpolator].notation, &s->resampled_pixel_spacing, out);
    md_put(out,
           ", masks by nearest neighbour (a voxel is inside or outside, there are no partial "
           "ones). The new grid starts at the outer corner of the first voxel and not, as "
           "IBSI's 3WE3, from the centres of the grids; it covers the region and {} voxels "
           "around it, and is 0 beyond the image. No filter against aliasing was applied. ",
           shown_int(s->pad_distance).text);
    if (!g->params->settings.normalise.normalize)
        md_put(out, "Images of integers stayed integers: fractions were cut off, not rounded. ");
}

static void tell_pre_crop(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    const struct resample_settings *s = &g->params->settings.resample;
    if (s->pre_crop && !settings_resample(s))
        md_put(out,
               "Images were cut to the region and {} voxels around it before they were "
               "filtered. ",
               shown_int(s->pad_distance).text);
}

/* docs/ibsi.md, "The parameter file" */
static void tell_centre(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    static const char *const name[] = {"nearest neighbour", "linear", "cubic spline"},
                             *const notation[] = {"NNB", "LIN", "CSI"};
    const struct centred_settings *s = &g->params->settings.centred;
    if (s->spacing_mm.n == 0) {
        tell_not_interpolated(out);
        return;
    }
    md_put(out, "Images were interpolated to voxels of ");
    put_sizes(&s->spacing_mm, "image", out);
    md_put(out, " by {} interpolation", name[s->image]);
    put_notation(notation[s->image], &s->spacing_mm, out);
    md_put(out, ", on a grid with the image's centre (IBSI 3WE3) and as many voxels as cover it, "
                "rounded up; beyond the outermost voxels the image goes on as these are. No filter "
                "against aliasing was applied. ");
    if (s->round_image)
        md_put(out, "Interpolated intensities were rounded to whole numbers. ");
    md_put(out,
           "Masks were interpolated by {} interpolation, and a voxel belongs to the region from "
           "a share of {} on. ",
           name[s->mask], value_number(s->mask_threshold).text);
}

/* --- re-segmentation --- */

static void tell_no_resegmentation(struct md *out)
{
    md_put(out, "Masks were not re-segmented (IBSI RS:\xe2\x80\x93). ");
}

static void tell_resegment(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    const struct resegment_settings *s = &g->params->settings.resegment;
    if (!s->has_resegment_range) {
        tell_no_resegmentation(out);
        return;
    }
    const struct real_list *r = &s->resegment_range;
    double a = r->item[0], b = r->n > 1 ? r->item[1] : INFINITY;
    struct str range = {0};
    value_range(a < b ? a : b, a < b ? b : a, &range);
    md_put(out, "Masks were re-segmented to intensities in {}", str_text(&range));
    if (s->resegment_mode == RESEGMENT_ABSOLUTE)
        md_put(out, "{} (IBSI USB3)", g->unit);
    else if (s->resegment_mode == RESEGMENT_SIGMA)
        md_put(out, " standard deviations of the region's mean (IBSI 7ACA)");
    else
        md_put(out, " times the region's maximum");
    if (s->resegment_shape)
        md_put(out, ", for all features. ");
    else
        md_put(out,
               "; features of shape have the mask before that, cut to the box of what is left. ");
    str_free(&range);
}

static void tell_keep(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    const struct keep_settings *s = &g->params->settings.keep;
    struct str range = {0};
    if (!s->has_range && !s->has_sigma) {
        tell_no_resegmentation(out);
        return;
    }
    md_put(out, "The intensity mask (IBSI SEFI) was re-segmented");
    if (s->has_range) {
        value_range(s->range.item[0], s->range.item[1], &range);
        md_put(out, " to intensities in {}{} (IBSI USB3)", str_text(&range), g->unit);
    }
    if (s->has_sigma)
        md_put(out, "{} within {} standard deviations of the mean (IBSI 7ACA)",
               s->has_range ? " and" : " to intensities", value_number(s->sigma).text);
    md_put(out, "; the morphological mask (IBSI G5KJ) was not. ");
    str_free(&range);
}

/* --- rows --- */

const struct methods_step methods_steps[] = {
    {step_check,
     {METHODS_BEFORE, "regions that can be measured", NULL, "21", "11", "parameters", tell_check}},
    {step_normalise,
     {METHODS_BEFORE, "intensity normalisation", "46", "21", "11", "parameters", tell_normalise}},
    {step_resample,
     {METHODS_BEFORE, "interpolation", "41, 50a-d, 51-54", "22", "11", "parameters",
      tell_resample}},
    {step_centre,
     {METHODS_BEFORE, "interpolation", "41, 50a-d, 51-54", "22", "11", "parameters", tell_centre}},
    {step_resegment,
     {METHODS_BEFORE, "re-segmentation", "55", "21", "11", "parameters", tell_resegment}},
    {step_keep, {METHODS_BEFORE, "re-segmentation", "55", "21", "11", "parameters", tell_keep}},
    {step_pre_crop, {METHODS_BEFORE, "cropping", "47", "21", "11", "parameters", tell_pre_crop}},
    /* said with step_resegment, without which it changes nothing */
    {step_cut_morphology, {METHODS_BEFORE, "shape", NULL, NULL, NULL, "", tell_nothing}},
    {0},
};

const struct methods_item *methods_step_item(preprocess_step *step)
{
    for (const struct methods_step *s = methods_steps; s->step; s++)
        if (s->step == step)
            return &s->item;
    return NULL;
}
