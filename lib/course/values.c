#include "course/values.h"

#include <string.h>

static const struct dicom_frame *frame_of(const struct series *s, size_t plane)
{
    const struct plane *p = &s->plane[plane];
    return &s->file[p->source]->header.frame[p->frame];
}

static const char *name_of(const struct series *s, size_t plane)
{
    return course_file_name(s->file[s->plane[plane].source]);
}

static bool has(const struct series *s, size_t plane, uint32_t bit)
{
    return (frame_of(s, plane)->has & bit) != 0;
}

static const char *missing(const struct series *s, size_t plane)
{
    return has(s, plane, DICOM_HALF_RESCALE) ? "one of RescaleSlope and RescaleIntercept is missing"
                                             : "RescaleSlope and RescaleIntercept are missing";
}

/* The first plane with the bit; s->planes without one. */
static size_t first_with(const struct series *s, uint32_t bit)
{
    size_t k = 0;
    while (k < s->planes && !has(s, k, bit))
        k++;
    return k;
}

/* How many planes have a rescale; *without is the first that has none. */
static size_t count_rescaled(const struct series *s, size_t *without)
{
    size_t n = 0;
    *without = s->planes;
    for (size_t k = 0; k < s->planes; k++) {
        if (has(s, k, DICOM_HAS_RESCALE))
            n++;
        else if (*without == s->planes)
            *without = k;
    }
    return n;
}

static bool needs_rescale(const struct series *s)
{
    const char *modality = s->file[0]->header.text[DICOM_MODALITY];
    return strcmp(modality, "CT") == 0 || strcmp(modality, "PT") == 0;
}

bool values_are_bare(const struct series *s)
{
    size_t first;
    return needs_rescale(s) && count_rescaled(s, &first) == 0;
}

bool values_check(const struct series *s, const struct value_rules *rules, struct err *e)
{
    size_t k = first_with(s, DICOM_HAS_LUT);
    if (k < s->planes)
        return err_set(e, ERR_REFUSED,
                       "%s: its values go through a Modality LUT, which is not applied (no "
                       "setting takes it)",
                       name_of(s, k));
    const size_t n = count_rescaled(s, &k);
    if (n == s->planes || (n == 0 && !needs_rescale(s)))
        return true;
    if (n > 0)
        return err_set(e, ERR_REFUSED,
                       "%s: %s, and %zu of %zu slices have both (no setting takes that)",
                       name_of(s, k), missing(s, k), n, s->planes);
    k = first_with(s, DICOM_HALF_RESCALE);
    if (k < s->planes)
        return err_set(e, ERR_REFUSED, "%s: %s (no setting takes that)", name_of(s, k),
                       missing(s, k));
    return rules->identity_rescale ||
           err_set(e, ERR_REFUSED,
                   "%s: %s, as in all slices of this %s (RESCALE=identity, --rescale identity, "
                   "takes the stored values as they are)",
                   name_of(s, 0), missing(s, 0), s->file[0]->header.text[DICOM_MODALITY]);
}
