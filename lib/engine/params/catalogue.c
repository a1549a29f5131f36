#include "engine/params/catalogue.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool catalogue_feature_at(size_t i, struct catalogue_feature *out)
{
    for (const struct profile *const *p = profiles; *p; p++)
        for (const struct family *const *f = (*p)->families; *f; f++) {
            size_t n = (size_t)(*f)->n_features;
            if (i < n) {
                *out = (struct catalogue_feature){*p, *f, family_row(*f, (int)i)};
                return true;
            }
            i -= n;
        }
    return false;
}

bool catalogue_filter_at(size_t i, struct catalogue_filter *out)
{
    for (const struct profile *const *p = profiles; *p; p++)
        for (const struct filter *const *f = (*p)->filters; *f; f++)
            if (i-- == 0) {
                *out = (struct catalogue_filter){*p, *f};
                return true;
            }
    return false;
}

/* The i-th key of a table; *i counts down by the length of a table that is shorter. */
static const struct key *key_at(const struct key *table, size_t *i)
{
    for (; table && table->name; table++)
        if ((*i)-- == 0)
            return table;
    return NULL;
}

bool catalogue_setting_at(size_t i, struct catalogue_setting *out)
{
    for (const struct profile *const *p = profiles; *p; p++) {
        *out = (struct catalogue_setting){*p, NULL, key_at((*p)->keys, &i)};
        for (const struct filter *const *f = (*p)->filters; !out->key && *f; f++)
            *out = (struct catalogue_setting){*p, *f, key_at((*f)->keys, &i)};
        if (out->key)
            return true;
    }
    return false;
}

bool catalogue_preset_at(size_t i, struct catalogue_preset *out)
{
    for (const struct profile *const *p = profiles; *p; p++)
        for (const struct preset *s = (*p)->presets; s->name; s++)
            if (i-- == 0) {
                *out = (struct catalogue_preset){*p, s};
                return true;
            }
    return false;
}

const char *catalogue_aggregations(enum aggregation_kind kind, char text[CATALOGUE_TEXT])
{
    size_t n = 0;
    text[0] = '\0';
    for (const struct aggregation *a = aggregations; a->code; a++)
        if (a->kind == kind)
            n += (size_t)snprintf(text + n, CATALOGUE_TEXT - n, "%s%s", n ? " " : "", a->code);
    return text;
}

static void add_range(const struct key *k, char *text, size_t room)
{
    size_t n = strlen(text);
    if (isfinite(k->min) && isfinite(k->max))
        snprintf(text + n, room - n, " %g..%g", k->min, k->max);
    else if (isfinite(k->min))
        snprintf(text + n, room - n, " %s %g", k->above ? ">" : ">=", k->min);
}

const char *catalogue_type(const struct key *k, char text[CATALOGUE_TEXT * 2])
{
    static const char *const word[] = {
        [KEY_INT] = "integer",           [KEY_REAL] = "number", [KEY_BOOL] = "true or false",
        [KEY_CHOICE] = "one of ",        [KEY_NAME] = "",       [KEY_INTS] = "list of integers",
        [KEY_REALS] = "list of numbers",
    };
    const size_t room = CATALOGUE_TEXT * 2;
    snprintf(text, room, "%s", k->type == KEY_NAME ? k->wanted : word[k->type]);
    if (k->type == KEY_CHOICE)
        for (int i = 0; k->choices[i] && strlen(text) < room; i++)
            snprintf(text + strlen(text), room - strlen(text), "%s%s", i ? ", " : "",
                     k->choices[i]);
    else if (k->type != KEY_NAME && k->type != KEY_BOOL)
        add_range(k, text, room);
    return text;
}

const char *catalogue_status(enum feature_status status)
{
    return status == FEATURE_CURRENT ? "current" : status == FEATURE_GONE ? "gone" : "deprecated";
}
