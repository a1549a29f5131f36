/* Statements on parameters, filters and features. */
#include "report/methods/items.h"

#include "engine/features/families.h"
#include "report/methods/values.h"

#include <string.h>

void tell_parameters(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    if (g->preset)
        md_put(out, "The parameters are those of radmill's preset {}", g->preset);
    else if (g->file)
        md_put(out, "The parameters are those of the file {} (SHA-1 {})", g->file, g->digest);
    else
        md_put(out, "No parameters were given");
    md_put(out,
           "; what they do not say is as the defaults of profile {} are, and all settings are "
           "listed below. ",
           g->params->profile->name);
}

/* --- images --- */

/* "LoG (Laplacian of Gaussian, one image per sigma; sigma [1, 2])" */
static void put_filter(const struct filter_request *r, struct md *out)
{
    md_put(out, "{} ({}", r->filter->name, r->filter->summary);
    for (const struct key *k = r->filter->keys; k && k->name; k++) {
        struct str value = {0};
        const char *dot = strrchr(k->name, '.'); /* of IBSI's keys, behind the filter's name */
        value_text(k, r->own ? r->own : r->filter->defaults, &value);
        md_put(out, "{} {} {}", k == r->filter->keys ? ";" : ",", dot ? dot + 1 : k->name,
               str_text(&value));
        str_free(&value);
    }
    md_put(out, ")");
}

void tell_filters(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    int filtered = 0;
    bool plain = false;
    for (int i = 0; i < g->params->n_image_types; i++) {
        const struct filter_request *r = &g->params->image_type[i];
        plain = plain || r->filter->changes_nothing;
        filtered += !r->filter->changes_nothing;
    }
    if (plain)
        md_put(out, "Features were taken from the unfiltered image{}",
               filtered ? "" : "; no filter was applied. ");
    if (filtered)
        md_put(out, "{} from filtered images: ", plain ? " and" : "Features were taken");
    for (int i = 0, n = 0; i < g->params->n_image_types; i++) {
        const struct filter_request *r = &g->params->image_type[i];
        if (r->filter->changes_nothing)
            continue;
        md_put(out, "{}", n++ ? "; " : "");
        put_filter(r, out);
    }
    if (filtered)
        md_put(out, ". ");
}

/* --- the set of features --- */

static const struct {
    const struct profile *profile;
    const char *text;
} definitions[] = {
    {&profile_ibsi,
     "Features and filters are those that IBSI defines (reference manual, chapters 1 and 2), under "
     "its names and codes. The release's tests compare them with IBSI's published values: "
     "the digital phantom and configurations A to E of chapter 1, phases 1 and 2 of chapter 2."},
    {&profile_pyradiomics,
     "Names and values are those of pyradiomics 3.0.1, with which the release's tests compare "
     "them. Features that have a code below are defined as IBSI defines them; the grid of "
     "interpolation and the edges of bins of a fixed width are those of pyradiomics."},
};

void tell_definitions(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    for (size_t i = 0; i < sizeof definitions / sizeof definitions[0]; i++)
        if (definitions[i].profile == g->params->profile)
            md_put(out, "{} ", definitions[i].text);
}

static const struct methods_family families[] = {
    {"morphology", "morphology", "HCUG"},
    {"shape", "morphology", "HCUG"},
    {"shape2D", "morphology in a plane", NULL},
    {"local_intensity", "local intensity", "9ST6"},
    {"statistics", "intensity-based statistics", "UHIW"},
    {"firstorder", "intensity-based statistics", "UHIW"},
    {"intensity_histogram", "intensity histogram", "ZVCW"},
    {"intensity_volume_histogram", "intensity-volume histogram", "P88C"},
    {"glcm", "grey level co-occurrence matrix", "LFYI"},
    {"glrlm", "grey level run length matrix", "TP0I"},
    {"glszm", "grey level size zone matrix", "9SAK"},
    {"gldzm", "grey level distance zone matrix", "VMDZ"},
    {"ngtdm", "neighbourhood grey tone difference matrix", "IPET"},
    {"ngldm", "neighbouring grey level dependence matrix", "REK0"},
    {"gldm", "neighbouring grey level dependence matrix", "REK0"},
};

const struct methods_family *methods_family_of(const struct family *f)
{
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (strcmp(families[i].name, f->name) == 0)
            return &families[i];
    return NULL;
}

bool methods_is_first(const struct params *p, int request)
{
    for (int i = 0; i < request; i++)
        if (p->request[i].family == p->request[request].family)
            return false;
    return true;
}

void tell_features(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    md_put(out, "Classes of features: ");
    for (int i = 0, n = 0; i < g->params->n_requests; i++) {
        const struct class_request *r = &g->params->request[i];
        const struct methods_family *f = methods_family_of(r->family);
        if (!methods_is_first(g->params, i))
            continue;
        md_put(out, "{}{}", n++ ? ", " : "", f ? f->what : r->family->name);
        if (f && f->code)
            md_put(out, " (IBSI {})", f->code);
    }
    md_put(out, ". ");
    if (g->params->settings.image.family.voxel_array_shift)
        md_put(out, "{} was added to intensities before they were squared. ",
               shown_int(g->params->settings.image.family.voxel_array_shift).text);
}

void tell_number(const struct methods *m, const struct methods_group *g, struct md *out)
{
    (void)m;
    size_t once = 0;
    for (size_t i = 0; i < g->columns.n; i++)
        once += g->columns.item[i].family->tap == TAP_SHAPE;
    md_put(out,
           "{} features were computed for each region: {} independent of filters, "
           "and {} from intensities (number of images: {}). ",
           shown_int((long long)g->columns.n).text, shown_int((long long)once).text,
           shown_int((long long)(g->columns.n - once)).text,
           shown_int((long long)g->columns.images.n).text);
}
