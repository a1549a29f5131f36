/* Refuses values of a parameter file with which no case can succeed: null for a value that is used,
 * and values that make every case fail. pyradiomics accepts such files and then aborts every case.
 */
#include "engine/params/builder.h"

static struct demand demand_of(const struct params *p)
{
    struct demand d = {0};
    for (int i = 0; i < p->n_requests; i++) {
        d.distances |= p->request[i].family->uses_distances;
        d.bins |= p->request[i].family->tap != TAP_SHAPE;
    }
    return d;
}

/* The case's settings with what is in force for one image type. */
static struct settings settings_of(const struct builder *b, const struct filter_request *image)
{
    struct settings s = b->scope.settings;
    s.image = image->image;
    return s;
}

/* "KEY must WANTED", where the file gives it or as an override. */
static bool refuse(struct builder *b, const struct key *k, int line, const char *in_file,
                   const char *as_override, const char *wanted)
{
    return line ? yaml_error(b->e, b->doc, line, in_file, k->name, wanted)
                : err_set(b->e, ERR_USAGE, as_override, k->name, wanted);
}

static bool refuse_null(struct builder *b, const struct key *k)
{
    struct seen_key *seen = builder_seen(b, k);
    return seen &&
           refuse(b, k, seen->null_line, "%s is used, so it must be set to a value, not null%s",
                  "--setting %s: it is used, so it must be set to a value%s", "");
}

static bool has_key(const struct key *table, const struct key *k)
{
    for (; table && table->name; table++)
        if (table == k)
            return true;
    return false;
}

static bool is_of_image(const struct key *k)
{
    return k->offset >= offsetof(struct settings, image) &&
           k->offset < offsetof(struct settings, image) + sizeof(struct image_settings);
}

bool builder_null_serves(struct builder *b, const struct scope *image, int filter, bool voxel_mode)
{
    const struct profile *p = b->p->profile;
    for (size_t i = 0; i < b->scope.null.n; i++) {
        const struct key *k = b->scope.null.item[i];
        if (has_key(p->keys, k) && !is_of_image(k) && k->used(&b->scope.settings, voxel_mode))
            return refuse_null(b, k);
    }
    for (size_t i = 0; i < image->null.n; i++) {
        const struct key *k = image->null.item[i];
        bool stage = has_key(p->keys, k) && is_of_image(k);
        if ((stage || has_key(p->filters[filter]->keys, k)) &&
            k->used(&image->settings, voxel_mode))
            return refuse_null(b, k);
    }
    return true;
}

static bool check_key(struct builder *b, const struct key *k, const void *place,
                      const struct settings *s, const struct demand *d)
{
    if (!k->possible || k->possible((const char *)place + k->offset, s, d))
        return true;
    struct seen_key *seen = builder_seen(b, k);
    return seen && refuse(b, k, seen->line, "%s must %s", "--setting %s: it must %s", k->must);
}

/* The stages' keys and those of the image type's own filter. */
static bool check_image(struct builder *b, const struct filter_request *image,
                        const struct demand *d)
{
    const struct settings s = settings_of(b, image);
    for (const struct key *k = b->p->profile->keys; k->name; k++)
        if (!check_key(b, k, &s, &s, d))
            return false;
    for (const struct key *k = image->filter->keys; k && k->name; k++)
        if (!check_key(b, k, image->own, &s, d))
            return false;
    return true;
}

bool builder_values_serve(struct builder *b)
{
    const struct demand d = demand_of(b->p);
    for (int i = 0; i < b->p->n_image_types; i++)
        if (!check_image(b, &b->p->image_type[i], &d))
            return false;
    return true;
}
