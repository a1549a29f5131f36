#include "engine/rows/diagnostics.h"

#include "base/mem.h"
#include "base/num.h"
#include "engine/rows/json_text.h"

#include "version.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static struct diagnostic *add(struct diagnostics *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static struct diagnostic *add(struct diagnostics *d, const char *format, ...)
{
    d->item = mem_grow(d->item, d->n + 1, sizeof *d->item);
    struct diagnostic *item = &d->item[d->n++];
    *item = (struct diagnostic){0};
    va_list args;
    va_start(args, format);
    vsnprintf(item->name, sizeof item->name, format, args);
    va_end(args);
    return item;
}

static void set_text(struct diagnostic *d, const char *text)
{
    struct str json = {0};
    json_add_text(&json, text);
    d->text = mem_strdup(text);
    d->json = str_take(&json);
}

static void set_int(struct diagnostic *d, int64_t value)
{
    struct str text = {0};
    str_addf(&text, "%lld", (long long)value);
    d->text = str_take(&text);
    d->json = mem_strdup(d->text);
}

static void set_real(struct diagnostic *d, double value)
{
    char text[NUM_TEXT];
    struct str json = {0};
    json_add_real(&json, value);
    d->text = mem_strdup(num_format(value, text));
    d->json = str_take(&json);
}

/* "(1.0, 2.0)" and "[1.0, 2.0]" from the texts of the items. */
static void set_tuple(struct diagnostic *d, const struct str_list *item)
{
    struct str text = {0}, json = {0};
    for (size_t i = 0; i < item->n; i++) {
        str_addf(&text, "%s%s", i ? ", " : "(", item->item[i]);
        str_addf(&json, "%s%s", i ? ", " : "[", item->item[i]);
    }
    str_add_char(&text, ')');
    str_add_char(&json, ']');
    d->text = str_take(&text);
    d->json = str_take(&json);
}

static void set_reals(struct diagnostic *d, const double *value, int n)
{
    struct str_list item = {0};
    char number[NUM_TEXT];
    for (int i = 0; i < n; i++)
        str_list_add(&item, num_format(value[i], number));
    set_tuple(d, &item);
    str_list_free(&item);
}

static void set_ints(struct diagnostic *d, const int64_t *value, int n)
{
    struct str_list item = {0};
    char number[24];
    for (int i = 0; i < n; i++) {
        snprintf(number, sizeof number, "%lld", (long long)value[i]);
        str_list_add(&item, number);
    }
    set_tuple(d, &item);
    str_list_free(&item);
}

static const char *const stage_name[STAGES] = {"original", "interpolated", "corrected",
                                               "resegmented"};

/* A stage's value is there only when the stage was reached: `have`. */
#define PUT(have, set, ...)                                                                        \
    do {                                                                                           \
        struct diagnostic *item_ = add(d, __VA_ARGS__);                                            \
        if (have)                                                                                  \
            set;                                                                                   \
    } while (0)

static void image_stage(struct diagnostics *d, enum stage stage, const struct snapshots *log)
{
    const struct image_snapshot *s = log ? &log->image[stage] : NULL;
    bool have = s && s->taken;
    const char *name = stage_name[stage];
    if (stage == STAGE_ORIGINAL) {
        PUT(have, set_text(item_, s->sha1), "Image-%s_Hash", name);
        PUT(have, set_text(item_, s->grid.dims == 2 ? "2D" : "3D"), "Image-%s_Dimensionality",
            name);
    }
    PUT(have, set_reals(item_, s->grid.spacing_mm, s->grid.dims), "Image-%s_Spacing", name);
    PUT(have, set_ints(item_, s->grid.size, s->grid.dims), "Image-%s_Size", name);
    PUT(have, set_real(item_, s->stats.mean), "Image-%s_Mean", name);
    PUT(have, set_real(item_, s->stats.minimum), "Image-%s_Minimum", name);
    PUT(have, set_real(item_, s->stats.maximum), "Image-%s_Maximum", name);
}

static void set_box(struct diagnostic *d, const struct mask_snapshot *s)
{
    int64_t box[6];
    int dims = s->grid.dims;
    for (int i = 0; i < dims; i++) {
        box[i] = s->box.lo[i];
        box[dims + i] = s->box.size[i];
    }
    set_ints(d, box, 2 * dims);
}

static void mask_stage(struct diagnostics *d, enum stage stage, const struct snapshots *log)
{
    const struct mask_snapshot *s = log ? &log->mask[stage] : NULL;
    bool have = s && s->taken;
    const char *name = stage_name[stage];
    if (stage == STAGE_ORIGINAL)
        PUT(have, set_text(item_, s->sha1), "Mask-%s_Hash", name);
    PUT(have, set_reals(item_, s->grid.spacing_mm, s->grid.dims), "Mask-%s_Spacing", name);
    PUT(have, set_ints(item_, s->grid.size, s->grid.dims), "Mask-%s_Size", name);
    PUT(have, set_box(item_, s), "Mask-%s_BoundingBox", name);
    PUT(have, set_int(item_, s->n_voxels), "Mask-%s_VoxelNum", name);
    PUT(have, set_int(item_, s->n_components), "Mask-%s_VolumeNum", name);
    PUT(have, set_reals(item_, s->center_index, s->grid.dims), "Mask-%s_CenterOfMassIndex", name);
    PUT(have, set_reals(item_, s->center_mm, s->grid.dims), "Mask-%s_CenterOfMass", name);
    if (stage == STAGE_ORIGINAL)
        return;
    PUT(have, set_real(item_, s->values.mean), "Mask-%s_Mean", name);
    PUT(have, set_real(item_, s->values.minimum), "Mask-%s_Minimum", name);
    PUT(have, set_real(item_, s->values.maximum), "Mask-%s_Maximum", name);
}

/* pyradiomics names the versions of its own parts here; all of ours are one release. */
static void versions(struct diagnostics *d)
{
    static const char *const part[] = {"PyRadiomics", "Numpy", "SimpleITK", "PyWavelet", "Python"};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        set_text(add(d, "Versions_%s", part[i]), "radmill " RADMILL_VERSION);
}

void diagnostics_list(const struct params *p, const struct snapshots *log, struct diagnostics *out)
{
    *out = (struct diagnostics){0};
    const struct settings *s = &p->settings;
    if (!s->load.additional_info)
        return;
    versions(out);
    set_text(add(out, "Configuration_Settings"), p->settings_text);
    set_text(add(out, "Configuration_EnabledImageTypes"), p->image_types_text);
    image_stage(out, STAGE_ORIGINAL, log);
    mask_stage(out, STAGE_ORIGINAL, log);
    if (settings_resample(&s->resample)) {
        image_stage(out, STAGE_INTERPOLATED, log);
        mask_stage(out, STAGE_INTERPOLATED, log);
    }
    if (s->check.correct_mask)
        mask_stage(out, STAGE_CORRECTED, log);
    if (s->resegment.has_resegment_range)
        mask_stage(out, STAGE_RESEGMENTED, log);
}

void diagnostics_free(struct diagnostics *d)
{
    for (size_t i = 0; i < d->n; i++) {
        free(d->item[i].text);
        free(d->item[i].json);
    }
    free(d->item);
    *d = (struct diagnostics){0};
}
