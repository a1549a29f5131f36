/* The tables of settings: all that are in force, those that are not the defaults marked. */
#include "report/methods/tables.h"

#include "report/methods/values.h"

#include <string.h>

static void put_row(const struct key *k, const char *of, const void *place, const void *fallback,
                    struct md *page)
{
    struct str value = {0}, usual = {0};
    value_text(k, place, &value);
    value_text(k, fallback, &usual);
    bool same = strcmp(str_text(&value), str_text(&usual)) == 0;
    md_put(page, "| {}{}{} | {}{} | {} | {} |\n", of, *of ? ": " : "", k->name, str_text(&value),
           same ? "" : " (changed)", str_text(&usual), k->summary);
    str_free(&value);
    str_free(&usual);
}

/* Does the key lie in what may differ by image type? */
static bool is_of_image(const struct key *k)
{
    return k->offset >= offsetof(struct settings, image) &&
           k->offset < offsetof(struct settings, image) + sizeof(struct image_settings);
}

/* What an image type has for itself: its own parameters, and what it overrides of the case's. */
static void put_image_type(const struct methods_group *g, const struct filter_request *r,
                           struct md *page)
{
    struct settings own = g->params->settings;
    own.image = r->image;
    for (const struct key *k = r->filter->keys; k && k->name; k++)
        put_row(k, str_starts_with(k->name, r->filter->name) ? "" : r->filter->name,
                r->own ? r->own : r->filter->defaults, r->filter->defaults, page);
    for (const struct key *k = g->params->profile->keys; k->name; k++) {
        struct str mine = {0}, common = {0};
        if (is_of_image(k)) {
            value_text(k, &own, &mine);
            value_text(k, &g->params->settings, &common);
            if (strcmp(str_text(&mine), str_text(&common)) != 0)
                put_row(k, r->filter->name, &own, &g->defaults->settings, page);
        }
        str_free(&mine);
        str_free(&common);
    }
}

static void put_parameters(const struct methods_group *g, struct md *page)
{
    md_put(page,
           "### Parameters of {} (profile {})\n\n| setting | value | default | meaning "
           "|\n|---|---|---|---|\n",
           g->modalities, g->params->profile->name);
    for (const struct key *k = g->params->profile->keys; k->name; k++)
        if (!k->voxel)
            put_row(k, "", &g->params->settings, &g->defaults->settings, page);
    for (int i = 0; i < g->params->n_image_types; i++)
        put_image_type(g, &g->params->image_type[i], page);
    md_put(page, "\n");
}

void methods_settings(const struct methods *m, struct md *page)
{
    size_t i;
    const json_t *pair;
    md_put(page, "## Settings\n\n### Of the run\n\n| setting | value |\n|---|---|\n");
    json_array_foreach(json_object_get(m->job, "settings"), i, pair)
    {
        const char *name = json_string_value(json_array_get(pair, 0)),
                   *value = json_string_value(json_array_get(pair, 1));
        md_put(page, "| {} | {} |\n", name ? name : "", value ? value : "");
    }
    md_put(page, "\n");
    for (size_t g = 0; g < m->groups; g++)
        put_parameters(&m->group[g], page);
}
