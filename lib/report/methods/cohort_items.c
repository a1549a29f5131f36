/* Statements on the run as a whole. */
#include "report/methods/items.h"

#include "io/json.h"
#include "io/json_count.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>

void tell_software(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m, (void)g;
    md_put(out, "Features were computed with radmill {}. ", RADMILL_VERSION);
}

/* "CT 8, MR 4" */
static void put_counts(const json_t *counts, struct md *out)
{
    size_t n;
    struct json_count *list = json_counts_most_first(counts, &n);
    for (size_t i = 0; i < n; i++) {
        if (i)
            md_put(out, ", ");
        md_put(out, "{} {}", *list[i].text ? list[i].text : "unknown",
               shown_int((long long)list[i].n).text);
    }
    free(list);
}

void tell_data(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)g;
    const struct cohort *c = &m->cohort;
    json_t *modalities = json_object();
    for (size_t i = 0; i < c->courses; i++)
        json_count(modalities, c->course[i].modality);
    md_put(out, "The cohort has {} image series (", shown_int((long long)c->courses).text);
    put_counts(modalities, out);
    md_put(out, ") of {} patients, read from DICOM. ", shown_int((long long)c->patients).text);
    json_decref(modalities);
}

static bool has_modality(const struct methods *m, const char *modality)
{
    for (size_t i = 0; i < m->cohort.courses; i++)
        if (strcmp(m->cohort.course[i].modality, modality) == 0)
            return true;
    return false;
}

void tell_conversion(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)g;
    md_put(out,
           "Stored values became intensities by the rescale slope and intercept of each image");
    if (has_modality(m, "CT"))
        md_put(out, "; those of CT are in Hounsfield units");
    md_put(out, ". ");
    if (has_modality(m, "PT") && json_is_true(json_object_get(m->job, "suv")))
        md_put(out, "PET intensities are standardised uptake values by body weight (SUVbw), with "
                    "the decay correction that the headers state. ");
    else if (has_modality(m, "PT"))
        md_put(out, "PET intensities are those of the files, not standardised uptake values. ");
}

static const char *origin_of(const char *source)
{
    return strcmp(source, "Manual") == 0 ? "structure sets, segmentation objects or label maps"
           : strcmp(source, "Custom") == 0
               ? "built from other regions by Boolean operations and margins"
           : strncmp(source, "AutoRTS", 7) == 0 ? "masks of an automatic model"
                                                : "other masks";
}

void tell_segmentation(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)g;
    json_t *sources = json_object();
    for (size_t i = 0; i < m->cohort.n; i++)
        json_count(sources, m->cohort.region[i].source);
    size_t n;
    struct json_count *list = json_counts_most_first(sources, &n);
    if (n)
        md_put(out, "Regions by source: ");
    for (size_t i = 0; i < n; i++) {
        if (i)
            md_put(out, "; ");
        md_put(out, "{} {} ({})", list[i].text, shown_int((long long)list[i].n).text,
               origin_of(list[i].text));
    }
    if (n)
        md_put(out, ". ");
    free(list);
    json_decref(sources);
}

/* docs/masks.md, "The rule for contours" */
void tell_masks(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)g;
    if (m->cohort.n)
        md_put(out, "Contours became masks on the grid of their image: a voxel is inside when its "
                    "centre is, by the even-odd rule over all contours of its slice; nothing is "
                    "interpolated between slices. ");
}

void tell_excluded(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)g;
    size_t ok = 0, skipped = 0, failed = 0;
    for (size_t i = 0; i < m->cohort.n; i++) {
        ok += strcmp(m->cohort.region[i].state, "ok") == 0;
        skipped += strcmp(m->cohort.region[i].state, "skipped") == 0;
        failed += strcmp(m->cohort.region[i].state, "failed") == 0;
    }
    md_put(out, "Regions: {}; measured: {}; skipped by a rule: {}; failed: {}. ",
           shown_int((long long)m->cohort.n).text, shown_int((long long)ok).text,
           shown_int((long long)skipped).text, shown_int((long long)failed).text);
    if (m->cohort.n_left_out)
        md_put(out, "Files, series, structure sets, regions or masks that were not used: {}. ",
               shown_int((long long)m->cohort.n_left_out).text);
    md_put(out, "A feature that is not defined for a region has no value; none was filled in. ");
}
