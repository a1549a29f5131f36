/* Names that a profile does not have: what the message says. */
#include "base/nearest.h"
#include "engine/params/builder.h"

#include <string.h>
#include <strings.h>

enum { MOST_NAMES = 256 };

static bool is_section(const struct profile *p, const char *name)
{
    for (const char *const *s = p->sections; *s; s++)
        if (strcmp(*s, name) == 0)
            return true;
    return false;
}

static bool is_setting(const struct profile *p, const char *name)
{
    bool found = key_find(p->keys, name, false) || key_find(p->keys, name, true);
    for (const struct filter *const *f = p->filters; !found && *f; f++)
        found = (*f)->keys && key_find((*f)->keys, name, false);
    return found;
}

static bool is_filter(const struct profile *p, const char *name)
{
    return profile_filter(p, name) != NULL;
}

static bool is_family(const struct profile *p, const char *name)
{
    return profile_family(p, name) != NULL;
}

static bool is_feature(const struct profile *p, const char *name)
{
    for (const struct family *const *f = p->families; *f; f++)
        if (family_feature(*f, name) >= 0)
            return true;
    return false;
}

/* What a name can be. */
static const struct {
    const char *what;
    bool (*is)(const struct profile *p, const char *name);
} kinds[] = {{"section", is_section},
             {"setting", is_setting},
             {"filter", is_filter},
             {"feature family", is_family},
             {"feature", is_feature}};

static const char *kind_in(const struct profile *p, const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].is(p, name))
            return kinds[i].what;
    return NULL;
}

/* The other profile that alone has a name; NULL: none. */
static const struct profile *owner_of(const struct builder *b, const char *name)
{
    const struct profile *own = b->p->profile;
    for (const struct profile *const *p = b->profiles; *p && !kind_in(own, name); p++)
        if (*p != own && kind_in(*p, name))
            return *p;
    return NULL;
}

void builder_say_unknown(const struct builder *b, const char *what, const char *name,
                         const char *bare, const char *nearest, struct str *out)
{
    const char *theirs = owner_of(b, name) ? name : bare;
    const struct profile *other = owner_of(b, theirs);
    if (other)
        str_addf(out, "%.100s is a %s of profile %s, not of %s", theirs, kind_in(other, theirs),
                 other->name, b->p->profile->name);
    else
        str_addf(out, "unknown %s \"%.100s\"", what, name);
    /* of a name of the other profile only what is the same but for its case or a unit behind it */
    if (nearest && (!other || strncasecmp(nearest, name, strlen(name)) == 0))
        str_addf(out, ": did you mean \"%s\"?", nearest);
}

bool builder_unknown_key(struct builder *b, int line, const char *what, const char *name,
                         const char *bare, const char *nearest)
{
    struct str text = STR_MAY_FAIL;
    builder_say_unknown(b, what, name, bare, nearest, &text);
    if (str_ok(&text, b->e))
        yaml_error(b->e, b->doc, line, "%s", text.text);
    str_free(&text);
    return false;
}

bool builder_unknown(struct builder *b, int line, const char *what, const char *name,
                     const char *nearest)
{
    return builder_unknown_key(b, line, what, name, name, nearest);
}

/* Names for name_nearest. */
struct names {
    const char *item[MOST_NAMES + 1];
    size_t n;
};

static void add_name(struct names *names, const char *name)
{
    if (names->n < MOST_NAMES)
        names->item[names->n++] = name;
}

static void add_keys(struct names *names, const struct key *k, bool voxel)
{
    for (; k && k->name; k++)
        if (k->voxel == voxel)
            add_name(names, k->name);
}

const char *builder_nearest_key(const struct builder *b, const char *name, bool voxel)
{
    struct names names = {0};
    add_keys(&names, b->p->profile->keys, voxel);
    for (const struct filter *const *f = b->p->profile->filters; *f; f++)
        add_keys(&names, (*f)->keys, voxel);
    return name_nearest(name, names.item);
}

const char *builder_nearest_filter(const struct builder *b, const char *name)
{
    struct names names = {0};
    for (const struct filter *const *f = b->p->profile->filters; *f; f++)
        add_name(&names, (*f)->name);
    return name_nearest(name, names.item);
}

const char *builder_nearest_family(const struct builder *b, const char *name)
{
    struct names names = {0};
    for (const struct family *const *f = b->p->profile->families; *f; f++)
        add_name(&names, (*f)->name);
    return name_nearest(name, names.item);
}

const char *builder_nearest_feature(const struct family *f, const char *name)
{
    struct names names = {0};
    for (int i = 0; i < f->n_features; i++)
        add_name(&names, family_row(f, i)->name);
    return name_nearest(name, names.item);
}
