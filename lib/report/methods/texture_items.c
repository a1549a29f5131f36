/* Statements on grey levels and on what is counted of them. */
#include "report/methods/items.h"

#include "base/mem.h"
#include "report/methods/values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- the same statement for several things is made once --- */

struct labelled {
    const char *label;
    struct md text;
    bool is_told;
};

/* "a, b: text c: text", each text with the labels that have it; a label only where texts differ, or
 * always. Frees them. */
static void tell_grouped(struct labelled *list, int n, bool always, struct md *out)
{
    bool differs = always;
    for (int i = 1; i < n; i++)
        differs = differs || strcmp(str_text(&list[i].text.out), str_text(&list[0].text.out)) != 0;
    for (int i = 0; i < n; i++) {
        if (list[i].is_told || !list[i].text.out.len)
            continue;
        for (int k = i; k < n; k++)
            if (strcmp(str_text(&list[k].text.out), str_text(&list[i].text.out)) == 0) {
                if (differs)
                    md_put(out, "{}{}", k > i ? ", " : "", list[k].label);
                list[k].is_told = true;
            }
        if (differs)
            md_put(out, ": ");
        md_add(out, &list[i].text);
    }
    for (int i = 0; i < n; i++)
        str_free(&list[i].text.out);
    free(list);
}

typedef void tell_image(const struct methods_group *g, const struct image_settings *s,
                        struct md *out);

static void tell_by_image(const struct methods_group *g, tell_image *tell, struct md *out)
{
    const struct params *p = g->params;
    struct labelled *list = mem_must(calloc((size_t)p->n_image_types + 1, sizeof *list));
    for (int i = 0; i < p->n_image_types; i++) {
        list[i].label =
            p->image_type[i].filter->changes_nothing ? "unfiltered" : p->image_type[i].filter->name;
        tell(g, &p->image_type[i].image, &list[i].text);
    }
    tell_grouped(list, p->n_image_types, false, out);
}

/* Is a family of this code (items.h) measured? */
static bool has_family(const struct methods_group *g, const char *code)
{
    for (int i = 0; i < g->params->n_requests; i++) {
        const struct methods_family *f = methods_family_of(g->params->request[i].family);
        if (f && f->code && strcmp(f->code, code) == 0)
            return true;
    }
    return false;
}

/* --- discretisation --- */

static void put_unit(const struct methods_group *g, struct md *out)
{
    if (*g->unit)
        md_put(out, " ({} in unfiltered images)", g->unit + 1);
}

/* docs/pyradiomics.md, section 4 */
static void tell_edges(const struct methods_group *g, const struct image_settings *s,
                       struct md *out)
{
    const struct discretise_settings *d = &s->discretise;
    if (d->has_bin_count) {
        md_put(out,
               "Intensities were discretised to {} bins between the region's minimum and maximum "
               "(fixed bin number, IBSI K15C, FBN:{}). ",
               shown_int(d->bin_count).text, shown_int(d->bin_count).text);
        return;
    }
    md_put(out, "Intensities were discretised to bins of a fixed width of {}",
           value_number(d->bin_width).text);
    put_unit(g, out);
    md_put(out,
           ", whose edges are the multiples of that width (fixed bin size, FBS:{}; IBSI's Q3RU "
           "counts from the region's minimum). ",
           value_number(d->bin_width).text);
}

static void put_lowest(const struct methods_group *g, const struct discretise_settings *d,
                       struct md *out)
{
    if (d->has_lowest)
        md_put(out, "the first begins at {}{}, in filtered images at the region's minimum. ",
               value_number(d->lowest).text, g->unit);
    else
        md_put(out, "the first begins at the region's minimum. ");
}

static void tell_rule(const struct methods_group *g, const struct image_settings *s, struct md *out)
{
    const struct discretise_settings *d = &s->discretise;
    switch (d->rule) {
    case DISCRETISE_AS_IS:
        md_put(out, "Intensities were taken as grey levels without discretisation (IBSI "
                    "DIS:\xe2\x80\x93). ");
        break;
    case DISCRETISE_BIN_COUNT:
        md_put(out,
               "Intensities were discretised to {} bins between the region's minimum and maximum "
               "(fixed bin number, IBSI K15C, FBN:{}). ",
               shown_int(d->bin_count).text, shown_int(d->bin_count).text);
        break;
    case DISCRETISE_BIN_WIDTH:
        md_put(out, "Intensities were discretised to bins of a fixed width of {}",
               value_number(d->bin_width).text);
        put_unit(g, out);
        md_put(out, " (fixed bin size, IBSI Q3RU, FBS:{}); ", value_number(d->bin_width).text);
        put_lowest(g, d, out);
        break;
    }
}

void tell_discretisation(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    if (g->params->profile->discretise == levels_create)
        tell_by_image(g, tell_edges, out);
    else if (g->params->profile->discretise == levels_by_rule)
        tell_by_image(g, tell_rule, out);
}

static void tell_ivh(const struct methods_group *g, const struct image_settings *s, struct md *out)
{
    const struct ivh_settings *v = &s->family.ivh;
    md_put(out, "For the intensity-volume histogram, intensities ");
    switch (v->rule) {
    case IVH_AS_IS:
        md_put(out, "were not discretised (IBSI DIS:\xe2\x80\x93). ");
        break;
    case IVH_BIN_WIDTH:
        md_put(out, "were discretised to bins of {}", value_number(v->bin_width).text);
        put_unit(g, out);
        md_put(out, " (IBSI FBS:{}). ", value_number(v->bin_width).text);
        break;
    case IVH_BIN_COUNT:
        md_put(out, "were discretised to {} bins (IBSI FBN:{}). ", shown_int(v->bin_count).text,
               shown_int(v->bin_count).text);
        break;
    }
}

void tell_volume_histogram(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    if (has_family(g, "P88C"))
        tell_by_image(g, tell_ivh, out);
}

/* --- aggregation --- */

static void put_aggregation(const struct methods_group *g, const struct class_request *r,
                            struct md *out)
{
    const struct family_settings *s = &g->params->settings.image.family;
    const struct aggregation a =
        r->aggregation ? *r->aggregation : family_aggregation(r->family, s);
    md_put(out, "{}{}", out->out.len ? "; " : "", a.name);
    if (*a.code)
        md_put(out, " (IBSI {})", a.code);
    else if (s->weighting_norm != WEIGHT_NONE && r->family->aggregates == AGGREGATES_DIRECTIONS)
        md_put(out, " weighted by distance (IBSI has no code for that)");
    else
        md_put(out, " and over several distances (IBSI has no code for that)");
}

/* Families whose matrices are aggregated, each with all its aggregations. */
void tell_aggregation(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    const struct params *p = g->params;
    struct labelled *list = mem_must(calloc((size_t)p->n_requests + 1, sizeof *list));
    int n = 0;
    for (int i = 0; i < p->n_requests; i++) {
        const struct class_request *r = &p->request[i];
        int at = 0;
        while (at < n && strcmp(list[at].label, r->family->name) != 0)
            at++;
        if (r->family->aggregates == AGGREGATES_NOTHING)
            continue;
        list[at].label = r->family->name;
        n += at == n;
        put_aggregation(g, r, &list[at].text);
    }
    for (int i = 0; i < n; i++)
        md_put(&list[i].text, ". ");
    if (n)
        md_put(out, "Texture matrices were aggregated as follows. ");
    tell_grouped(list, n, true, out);
}

/* --- neighbours --- */

static void tell_one_symmetry(const struct methods_group *g, const struct image_settings *s,
                              struct md *out)
{
    (void)g;
    if (s->family.symmetrical_glcm)
        md_put(out, "Co-occurrence matrices are symmetric (SYM in IBSI's notation). ");
    else
        md_put(out, "Co-occurrence matrices are not symmetric (ASYM in IBSI's notation). ");
}

void tell_symmetry(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    if (has_family(g, "LFYI"))
        tell_by_image(g, tell_one_symmetry, out);
}

static void tell_one_distance(const struct methods_group *g, const struct image_settings *s,
                              struct md *out)
{
    static const char *const norms[] = {[WEIGHT_NONE] = "no",
                                        [WEIGHT_NO_WEIGHTING] = "no",
                                        [WEIGHT_MANHATTAN] = "Manhattan",
                                        [WEIGHT_EUCLIDEAN] = "Euclidean",
                                        [WEIGHT_INFINITY] = "Chebyshev"};
    (void)g;
    md_put(out, "Neighbours are at a Chebyshev distance (IBSI PVMT), in voxels, of ");
    for (int i = 0; i < s->family.distances.n; i++)
        md_put(out, "{}{}",
               i == 0                          ? ""
               : i + 1 < s->family.distances.n ? ", "
                                               : " or ",
               value_number(s->family.distances.item[i]).text);
    md_put(out, "; ");
    md_put(out, "co-occurrences and runs have {} weights by distance. ",
           norms[s->family.weighting_norm]);
}

void tell_distances(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    for (int i = 0; i < g->params->n_requests; i++)
        if (g->params->request[i].family->uses_distances) {
            tell_by_image(g, tell_one_distance, out);
            return;
        }
}

void tell_zones(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    if (has_family(g, "9SAK") || has_family(g, "VMDZ"))
        md_put(out, "Voxels of one level belong to one zone when they are linked by a Chebyshev "
                    "distance of 1 (IBSI PVMT). ");
    if (has_family(g, "VMDZ"))
        md_put(out, "Distances to the border of the region are Manhattan distances (IBSI LIFZ). ");
}

static void tell_one_coarseness(const struct methods_group *g, const struct image_settings *s,
                                struct md *out)
{
    (void)g;
    md_put(out,
           "Neighbours depend on a voxel when their levels differ by at most {} (coarseness). ",
           shown_int(s->family.gldm_a).text);
}

void tell_coarseness(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    if (has_family(g, "REK0"))
        tell_by_image(g, tell_one_coarseness, out);
}
