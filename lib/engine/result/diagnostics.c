#include "engine/result/diagnostics.h"

#include "base/mem.h"
#include "base/num.h"

#include "version.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Diagnostics while they are collected; after an allocation has failed nothing more is added. */
struct list {
    struct diagnostics *to;
    bool failed;
};

/* Adds one; text is taken over (NULL: there is no value). */
static void add(struct list *l, enum diagnostic_kind kind, char *text, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void add(struct list *l, enum diagnostic_kind kind, char *text, const char *format, ...)
{
    struct diagnostics *d = l->to;
    struct diagnostic *more =
        l->failed ? NULL : mem_resize(d->item, d->n + 1, sizeof *d->item, NULL);
    l->failed = !more;
    if (!more) {
        free(text);
        return;
    }
    d->item = more;
    struct diagnostic *item = &d->item[d->n++];
    *item = (struct diagnostic){.kind = kind, .text = text};
    va_list args;
    va_start(args, format);
    vsnprintf(item->name, sizeof item->name, format, args);
    va_end(args);
}

/* A text that must be there. */
static char *checked(struct list *l, char *text)
{
    l->failed |= !text;
    return text;
}

static char *a_text(struct list *l, const char *text)
{
    return checked(l, mem_copy(text, NULL));
}

static char *an_int(struct list *l, int64_t value)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)value);
    return a_text(l, text);
}

static char *a_real(struct list *l, double value)
{
    char text[NUM_TEXT];
    return a_text(l, num_format(value, text));
}

/* "(1.0, 2.0)" */
static char *reals(struct list *l, const double *value, int n)
{
    struct str text = STR_MAY_FAIL;
    char number[NUM_TEXT];
    for (int i = 0; i < n; i++)
        str_addf(&text, "%s%s", i ? ", " : "(", num_format(value[i], number));
    str_add_char(&text, ')');
    return checked(l, str_take(&text));
}

static char *ints(struct list *l, const int64_t *value, int n)
{
    struct str text = STR_MAY_FAIL;
    for (int i = 0; i < n; i++)
        str_addf(&text, "%s%lld", i ? ", " : "(", (long long)value[i]);
    str_add_char(&text, ')');
    return checked(l, str_take(&text));
}

static const char *const stage_name[STAGES] = {"original", "interpolated", "corrected",
                                               "resegmented"};

/* A stage's value is there only when the stage was reached. */
#define TEXT(value, ...) add(l, DIAGNOSTIC_TEXT, have ? a_text(l, value) : NULL, __VA_ARGS__)
#define REAL(value, ...) add(l, DIAGNOSTIC_NUMBER, have ? a_real(l, value) : NULL, __VA_ARGS__)
#define INT(value, ...)  add(l, DIAGNOSTIC_NUMBER, have ? an_int(l, value) : NULL, __VA_ARGS__)
#define REALS(v, n, ...) add(l, DIAGNOSTIC_LIST, have ? reals(l, v, n) : NULL, __VA_ARGS__)
#define INTS(v, n, ...)  add(l, DIAGNOSTIC_LIST, have ? ints(l, v, n) : NULL, __VA_ARGS__)

static void image_stage(struct list *l, enum stage stage, const struct snapshots *log)
{
    const struct image_snapshot *s = log ? &log->image[stage] : NULL;
    bool have = s && s->taken;
    const char *name = stage_name[stage];
    if (stage == STAGE_ORIGINAL) {
        TEXT(s->sha1, "Image-%s_Hash", name);
        TEXT(s->grid.dims == 2 ? "2D" : "3D", "Image-%s_Dimensionality", name);
    }
    REALS(s->grid.spacing_mm, s->grid.dims, "Image-%s_Spacing", name);
    INTS(s->grid.size, s->grid.dims, "Image-%s_Size", name);
    REAL(s->stats.mean, "Image-%s_Mean", name);
    REAL(s->stats.minimum, "Image-%s_Minimum", name);
    REAL(s->stats.maximum, "Image-%s_Maximum", name);
}

/* Lower corner, then size. */
static void mask_box(const struct mask_snapshot *s, int64_t box[6])
{
    int dims = s->grid.dims;
    for (int i = 0; i < dims; i++) {
        box[i] = s->box.lo[i];
        box[dims + i] = s->box.size[i];
    }
}

static void mask_stage(struct list *l, enum stage stage, const struct snapshots *log, bool values)
{
    const struct mask_snapshot *s = log ? &log->mask[stage] : NULL;
    bool have = s && s->taken;
    const char *name = stage_name[stage];
    int64_t box[6] = {0};
    if (have)
        mask_box(s, box);
    if (stage == STAGE_ORIGINAL)
        TEXT(s->sha1, "Mask-%s_Hash", name);
    REALS(s->grid.spacing_mm, s->grid.dims, "Mask-%s_Spacing", name);
    INTS(s->grid.size, s->grid.dims, "Mask-%s_Size", name);
    INTS(box, 2 * s->grid.dims, "Mask-%s_BoundingBox", name);
    INT(s->n_voxels, "Mask-%s_VoxelNum", name);
    INT(s->n_components, "Mask-%s_VolumeNum", name);
    REALS(s->center_index, s->grid.dims, "Mask-%s_CenterOfMassIndex", name);
    REALS(s->center_mm, s->grid.dims, "Mask-%s_CenterOfMass", name);
    if (!values)
        return;
    REAL(s->values.mean, "Mask-%s_Mean", name);
    REAL(s->values.minimum, "Mask-%s_Minimum", name);
    REAL(s->values.maximum, "Mask-%s_Maximum", name);
}

/* pyradiomics names the versions of its own parts here; all of ours are one release. */
static void versions(struct list *l)
{
    static const char *const part[] = {"PyRadiomics", "Numpy", "SimpleITK", "PyWavelet", "Python"};
    const bool have = true;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        TEXT("radmill " RADMILL_VERSION, "Versions_%s", part[i]);
}

static void stages(struct list *l, const struct params *p, const struct snapshots *log)
{
    for (int i = 0; i < STAGES; i++) {
        enum stage stage = (enum stage)i;
        if (!p->profile->has_stage(&p->settings, stage))
            continue;
        if (stage == STAGE_ORIGINAL || stage == STAGE_INTERPOLATED)
            image_stage(l, stage, log);
        mask_stage(l, stage, log, stage != STAGE_ORIGINAL || p->profile->values_at_start);
    }
}

bool diagnostics_list(const struct params *p, const struct snapshots *log, struct diagnostics *out,
                      struct err *e)
{
    struct list list = {.to = out}, *l = &list;
    const bool have = true;
    *out = (struct diagnostics){0};
    if (!p->settings.load.additional_info)
        return true;
    versions(l);
    TEXT(p->settings_text, "Configuration_Settings");
    TEXT(p->image_types_text, "Configuration_EnabledImageTypes");
    stages(l, p, log);
    if (!list.failed)
        return true;
    diagnostics_free(out);
    return err_set(e, ERR_FAILED, "out of memory: the diagnostics");
}

void diagnostics_free(struct diagnostics *d)
{
    for (size_t i = 0; i < d->n; i++)
        free(d->item[i].text);
    free(d->item);
    *d = (struct diagnostics){0};
}
