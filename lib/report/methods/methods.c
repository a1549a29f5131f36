#include "report/methods/methods.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "io/json.h"

#include <stdlib.h>
#include <string.h>

static char *join_modalities(const json_t *list)
{
    struct str s = {0};
    size_t i;
    const json_t *modality;
    json_array_foreach(list, i, modality)
    {
        const char *text = json_string_value(modality);
        str_addf(&s, "%s%s", i ? ", " : "", text && *text ? text : "unknown");
    }
    return s.text ? str_take(&s) : mem_strdup("no image");
}

/* Intensities have a unit when all images of the group have, and nothing was normalised. */
static const char *unit_of(const struct methods_group *g, bool suv)
{
    if (g->params->settings.normalise.normalize)
        return "";
    if (strcmp(g->modalities, "CT") == 0)
        return " HU";
    return suv && strcmp(g->modalities, "PT") == 0 ? " SUV" : "";
}

static bool read_group(struct methods_group *g, const json_t *from, bool suv, struct err *e)
{
    enum { AXES = 3 };
    *g = (struct methods_group){.modalities = join_modalities(json_object_get(from, "modalities")),
                                .preset = json_get_text(from, "preset", NULL),
                                .file = json_get_text(from, "name", NULL),
                                .digest = json_get_text(from, "sha1", "unknown")};
    const struct params_source source = {.profile = json_get_text(from, "profile", NULL),
                                         .preset = g->preset,
                                         .path = json_get_text(from, "path", NULL)};
    if (!params_create(&source, &g->params, e))
        return false;
    const struct params_source defaults = {.profile = g->params->profile->name};
    g->unit = unit_of(g, suv);
    return params_create(&defaults, &g->defaults, e) &&
           columns_create(g->params, AXES, &g->columns, e);
}

bool methods_read(struct methods *m, const json_t *job, const char *folder, struct err *e)
{
    size_t i;
    const json_t *from, *list = json_object_get(job, "parameters");
    *m = (struct methods){.job = job, .folder = folder};
    m->group = mem_must(calloc(json_array_size(list) + 1, sizeof *m->group));
    bool ok = cohort_read_states(&m->cohort, job, folder, e);
    json_array_foreach(list, i, from)
    {
        ok = ok &&
             read_group(&m->group[m->groups++], from, json_is_true(json_object_get(job, "suv")), e);
    }
    return ok;
}

void methods_free(struct methods *m)
{
    for (size_t i = 0; i < m->groups; i++) {
        free(m->group[i].modalities);
        columns_free(&m->group[i].columns);
        params_destroy(m->group[i].params);
        params_destroy(m->group[i].defaults);
    }
    free(m->group);
    cohort_free(&m->cohort);
}

bool methods_of_job(const json_t *job, const char *folder, const char *out, struct err *e)
{
    struct methods m;
    struct md page = {{0}};
    bool ok = methods_read(&m, job, folder, e) && methods_page(&m, &page, e) &&
              out_write(out, page.out.text, page.out.len, true, e);
    str_free(&page.out);
    methods_free(&m);
    return ok;
}
