/* kin [NAME]: the families and filters of the IBSI profile beside the classes and filters of
 * pyradiomics' profile that are their kin (or those whose name holds NAME): nanoseconds of
 * processor time a voxel, of the region for families and of its box for filters, in turns, minimum
 * over repeats; and the ratio.
 *
 *   all     every feature of both
 *   shared  those that both have (equal IBSI codes): MCC, Moran's I, the hull and others have no
 * kin
 *
 * In balls of 10^6 and of 5,000 voxels, of 32 and of 500 grey levels, as image and mask lie in
 * memory, at distance 1. A family of IBSI in one of its aggregations stands beside the class with
 * pyradiomics' settings that are nearest to it: force2D for planes, weightingNorm no_weighting for
 * merged directions. pyradiomics has no mean over slices. */
#include "scene.h"

#include "engine/features/families.h"
#include "engine/features/texture_cache.h"
#include "engine/params/params.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *own, *code; /* IBSI's family and aggregation */
    const char *kin, *nearest;
} family_pair[] = {
    {"statistics", "DHQ4", "firstorder", "DHQ4"},
    {"intensity_histogram", "DHQ4", "firstorder", "DHQ4"},
    {"intensity_volume_histogram", "DHQ4", NULL, NULL},
    {"morphology", "DHQ4", "shape", "DHQ4"},
    {"local_intensity", "DHQ4", NULL, NULL},
    {"glcm", "ITBB", "glcm", "ITBB"},
    {"glcm", "IAZD", "glcm", "IAZD"},
    {"glcm", "JJUI", "glcm", "JJUI"},
    {"glcm", "ZW7Z", "glcm", "ZW7Z"},
    {"glcm", "BTW3", "glcm", "JJUI"},
    {"glcm", "SUJT", "glcm", "ZW7Z"},
    {"glrlm", "ITBB", "glrlm", "ITBB"},
    {"glrlm", "IAZD", "glrlm", "IAZD"},
    {"glrlm", "JJUI", "glrlm", "JJUI"},
    {"glrlm", "ZW7Z", "glrlm", "ZW7Z"},
    {"glrlm", "BTW3", "glrlm", "JJUI"},
    {"glrlm", "SUJT", "glrlm", "ZW7Z"},
    {"glszm", "KOBO", "glszm", "KOBO"},
    {"glszm", "62GR", "glszm", "62GR"},
    {"glszm", "8QNN", "glszm", "62GR"},
    {"gldzm", "KOBO", "glszm", "KOBO"},
    {"gldzm", "62GR", "glszm", "62GR"},
    {"gldzm", "8QNN", "glszm", "62GR"},
    {"ngtdm", "KOBO", "ngtdm", "KOBO"},
    {"ngtdm", "62GR", "ngtdm", "62GR"},
    {"ngtdm", "8QNN", "ngtdm", "62GR"},
    {"ngldm", "KOBO", "gldm", "KOBO"},
    {"ngldm", "62GR", "gldm", "62GR"},
    {"ngldm", "8QNN", "gldm", "62GR"},
};

#define COIF1(decomposition)                                                                       \
    "{wavelet: {family: coif1, boundary: periodic, rotations: false, "                             \
    "decomposition: " decomposition "}}"
static const struct {
    const char *name, *own, *kin; /* image types as parameter files name them */
} filter_pair[] = {
    {"log, 1 mm", "{log: {sigma_mm: 1}}", "{LoG: {sigma: [1]}}"},
    {"log, 3 mm", "{log: {sigma_mm: 3}}", "{LoG: {sigma: [3]}}"},
    {"log, 5 mm", "{log: {sigma_mm: 5}}", "{LoG: {sigma: [5]}}"},
    {"wavelet coif1, 8 responses",
     COIF1("LLL") "," COIF1("LLH") "," COIF1("LHL") "," COIF1("LHH") "," COIF1("HLL") "," COIF1(
         "HLH") "," COIF1("HHL") "," COIF1("HHH"),
     "{Wavelet: {wavelet: coif1}}"},
    {"wavelet coif1 LLH, rotations", "{wavelet: {family: coif1, decomposition: LLH}}", NULL},
    {"mean", "{mean: {support: 5}}", NULL},
    {"laws", "{laws: {kernels: L5E5E5, energy_distance: 7}}", NULL},
    {"gabor", "{gabor: {sigma_mm: 5, lambda_mm: 2}}", NULL},
    {"nonseparable", "{nonseparable: {family: simoncelli}}", NULL},
};

struct side { /* one of the two that are compared */
    const struct family *family;
    const struct aggregation *aggregation;
    const struct arithmetic *arithmetic;
    bool wanted[64];
};

static const struct family *find(const struct family *const *list, const char *name)
{
    while (strcmp((*list)->name, name) != 0)
        list++;
    return *list;
}

static bool has_code(const struct family *f, const char *code)
{
    for (int i = 0; code && i < f->n_features; i++)
        if (family_row(f, i)->ibsi_code && strcmp(family_row(f, i)->ibsi_code, code) == 0)
            return true;
    return false;
}

/* other NULL: every feature; else those that it has, too. */
static int want(struct side *s, const struct family *other)
{
    int n = 0;
    for (int i = 0; i < s->family->n_features; i++) {
        const struct feature *f = family_row(s->family, i);
        s->wanted[i] = f->status == FEATURE_CURRENT && (!other || has_code(other, f->ibsi_code));
        n += s->wanted[i];
    }
    return n;
}

static bool measure(const struct scene *s, const struct side *side, struct err *e)
{
    static double one[] = {1};
    struct settings settings = settings_default();
    settings.image.family.distances = (struct real_list){.item = one, .n = 1};
    struct texture_cache shared = {0};
    struct fvalue out[64];
    const struct family_input in = {.response = &s->response,
                                    .levels = &s->levels,
                                    .settings = &settings.image.family,
                                    .texture = &shared,
                                    .view = &s->view,
                                    .aggregation = side->aggregation,
                                    .arithmetic = side->arithmetic};
    bool ok = family_measure(side->family, &in, side->wanted, out, e);
    texture_cache_free(&shared);
    return ok;
}

/* Least times in ns a voxel of both; kin->family NULL: of own alone. */
static bool compare(const struct scene *s, const struct side *own, const struct side *kin,
                    double best[2], struct err *e)
{
    int repeats = s->levels.n_voxels > 100000 ? 5 : 40;
    best[0] = best[1] = 1e99;
    for (int k = 0; k < 2 * repeats; k++) {
        const struct side *side = k % 2 ? kin : own;
        if (!side->family)
            continue;
        double start = scene_seconds();
        if (!measure(s, side, e))
            return false;
        double took = 1e9 * (scene_seconds() - start) / (double)s->levels.n_voxels;
        best[k % 2] = took < best[k % 2] ? took : best[k % 2];
    }
    return true;
}

static bool families(const struct scene *s, const char *chosen, struct err *e)
{
    for (size_t i = 0; i < sizeof family_pair / sizeof *family_pair; i++) {
        if (!strstr(family_pair[i].own, chosen))
            continue;
        struct side own = {find(ibsi_families, family_pair[i].own),
                           aggregation_find(family_pair[i].code), &arithmetic_plain};
        struct side kin = {.arithmetic = &arithmetic_numpy};
        double all[2], shared[2];
        want(&own, NULL);
        if (family_pair[i].kin) {
            kin.family = find(pyradiomics_families, family_pair[i].kin);
            kin.aggregation = aggregation_find(family_pair[i].nearest);
            want(&kin, NULL);
        }
        if (!compare(s, &own, &kin, all, e))
            return false;
        printf("%-27s%s %9.2f", family_pair[i].own, family_pair[i].code, all[0]);
        if (kin.family)
            printf("  %-11s%s %9.2f  %5.2f", kin.family->name, family_pair[i].nearest, all[1],
                   all[0] / all[1]);
        if (kin.family && want(&own, kin.family) && want(&kin, own.family)) {
            if (!compare(s, &own, &kin, shared, e))
                return false;
            printf("   %9.2f %9.2f  %5.2f", shared[0], shared[1], shared[0] / shared[1]);
        }
        printf("\n");
        fflush(stdout);
    }
    return true;
}

/* Least time in ns a voxel of the box; responses, as many as there are. */
static bool filter(const struct scene *s, const char *profile, const char *section,
                   const char *types, double *best, struct err *e)
{
    char text[2048];
    struct params *p;
    snprintf(text, sizeof text, "%s: %s", section, types);
    if (!params_create(&(struct params_source){.profile = profile, .text = text}, &p, e))
        return false;
    bool ok = true;
    *best = 1e99;
    for (int k = 0; ok && k < 5; k++) {
        struct bank *bank;
        struct response r;
        const struct image_settings *settings;
        bool more = true;
        double start = scene_seconds();
        ok = bank_create(&s->view, p->image_type, p->n_image_types, 0, &bank, e);
        while (ok && more)
            ok = bank_next(bank, &r, &settings, &more, e);
        bank_destroy(bank);
        double took = 1e9 * (scene_seconds() - start) / (double)box_voxels(&s->view.intensity.box);
        *best = took < *best ? took : *best;
    }
    params_destroy(p);
    return ok;
}

static bool filters(const struct scene *s, const char *chosen, struct err *e)
{
    for (size_t i = 0; i < sizeof filter_pair / sizeof *filter_pair; i++) {
        char list[1024];
        double own, kin;
        if (!strstr(filter_pair[i].name, chosen))
            continue;
        snprintf(list, sizeof list, "[%s]", filter_pair[i].own);
        if (!filter(s, "ibsi", "filters", list, &own, e))
            return false;
        printf("%-32s%9.2f", filter_pair[i].name, own);
        if (filter_pair[i].kin) {
            if (!filter(s, "pyradiomics", "imageType", filter_pair[i].kin, &kin, e))
                return false;
            printf("  %-16s%9.2f  %5.2f", "pyradiomics'", kin, own / kin);
        }
        printf("\n");
        fflush(stdout);
    }
    return true;
}

int main(int argc, char **argv)
{
    static const struct {
        int radius, levels;
    } region[] = {{62, 32}, {62, 500}, {10, 32}, {10, 500}};
    const char *chosen = argc > 1 ? argv[1] : "";
    struct err e = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof region / sizeof *region; i++) {
        struct scene s;
        ok = scene_make(&s, region[i].radius, region[i].levels, &e);
        if (!ok)
            break;
        printf("\n%lld voxels, %d levels; ns a voxel: IBSI, pyradiomics, ratio; then of shared "
               "features\n",
               (long long)s.levels.n_voxels, region[i].levels);
        ok = families(&s, chosen, &e) && (region[i].levels > 32 || filters(&s, chosen, &e));
        scene_free(&s);
    }
    if (!ok)
        fprintf(stderr, "kin: %s\n", e.text);
    return ok ? 0 : 1;
}
