/* One value of the parameter file into struct settings. */
#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"
#include "engine/filters/wavelet_bank.h"
#include "engine/params/keys.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything that storing one value needs to know. */
struct slot {
    const struct key *key;
    const struct yaml_node *value;
    const struct yaml_doc *doc;
    struct err *e;
};

static bool wrong(const struct slot *t, const struct yaml_node *value, const char *wanted)
{
    char there[80];
    if (value->kind == YAML_LIST || value->kind == YAML_MAP || value->kind == YAML_NULL)
        snprintf(there, sizeof there, "a %s", yaml_kind_name(value->kind));
    else
        snprintf(there, sizeof there, "%s \"%.50s\"", yaml_kind_name(value->kind), value->text);
    return yaml_error(t->e, t->doc, value->line, "%s must be %s, not %s", t->key->name, wanted,
                      there);
}

static bool in_range(const struct slot *t, const struct yaml_node *value, double x)
{
    const struct key *k = t->key;
    if (isnan(x) ? isinf(k->min) : ((k->above ? x > k->min : x >= k->min) && x <= k->max))
        return true;
    char lo[NUM_TEXT], hi[NUM_TEXT]; /* bounds are short: "1", not "1.0" */
    snprintf(lo, sizeof lo, "%g", k->min);
    snprintf(hi, sizeof hi, "%g", k->max);
    if (isinf(k->max))
        return yaml_error(t->e, t->doc, value->line, "%s is %s, but must be %s %s", k->name,
                          value->text, k->above ? ">" : ">=", lo);
    return yaml_error(t->e, t->doc, value->line, "%s is %s, but must lie in %s..%s", k->name,
                      value->text, lo, hi);
}

static bool whole(const struct slot *t, const struct yaml_node *value, double *x)
{
    *x = value->real;
    return value->kind == YAML_INT ? in_range(t, value, *x) : wrong(t, value, "an integer");
}

static bool real(const struct slot *t, const struct yaml_node *value, double *x)
{
    *x = value->real;
    return value->kind == YAML_INT || value->kind == YAML_REAL ? in_range(t, value, *x)
                                                               : wrong(t, value, "a number");
}

static bool store_int(const struct slot *t, void *field)
{
    double ignored;
    if (!whole(t, t->value, &ignored))
        return false;
    *(int64_t *)field = t->value->integer;
    return true;
}

/* A text that reads as a number is legal for real settings; pyradiomics can use it for initValue
 * only (`initValue: nan`), and so do we. */
static bool store_real(const struct slot *t, struct settings *s, void *field)
{
    double *to = field;
    if (t->value->kind == YAML_TEXT && t->key->voxel && num_parse_double(t->value->text, to))
        return true;
    if (!real(t, t->value, to))
        return false;
    if (to == &s->bin_width)
        s->bin_width_is_int = t->value->kind == YAML_INT;
    return true;
}

static bool store_bool(const struct slot *t, void *field)
{
    if (t->value->kind != YAML_BOOL && t->value->kind != YAML_NULL)
        return wrong(t, t->value, "true or false");
    *(bool *)field = t->value->kind == YAML_BOOL && t->value->boolean;
    return true;
}

static int choice_of(const char *text, const char *const *choices)
{
    for (int i = 0; choices[i]; i++)
        if (strcmp(text, choices[i]) == 0)
            return i;
    return -1;
}

static bool wrong_choice(const struct slot *t, const char *const *choices)
{
    struct str list = {0};
    for (int i = 0; choices[i]; i++)
        str_addf(&list, "%s%s", i ? ", " : "one of ", choices[i]);
    wrong(t, t->value, str_text(&list));
    str_free(&list);
    return false;
}

/* enum weighting_norm has WEIGHT_NONE, which is null, in front of the names. */
static bool store_choice(const struct slot *t, void *field)
{
    int base = t->key->has == NO_FLAG ? 0 : 1;
    int i = t->value->kind == YAML_TEXT ? choice_of(t->value->text, t->key->choices) : -1;
    if (i < 0)
        return wrong_choice(t, t->key->choices);
    *(int *)field = base + i;
    return true;
}

static bool store_interpolator(const struct slot *t, void *field)
{
    static const char *const names[] = {
        "sitkNearestNeighbor",
        "sitkLinear",
        "sitkBSpline",
        "sitkGaussian",
        "sitkLabelGaussian",
        "sitkHammingWindowedSinc",
        "sitkCosineWindowedSinc",
        "sitkWelchWindowedSinc",
        "sitkLanczosWindowedSinc",
        "sitkBlackmanWindowedSinc",
        NULL,
    };
    const struct yaml_node *v = t->value;
    int64_t number = v->kind == YAML_NULL                                         ? INTERP_NONE
                     : v->kind == YAML_BOOL && v->boolean                         ? INTERP_NEAREST
                     : v->kind == YAML_INT && v->integer >= 1 && v->integer <= 10 ? v->integer
                     : v->kind == YAML_TEXT ? choice_of(v->text, names) + 1
                                            : 0;
    if (number == INTERP_NONE && v->kind != YAML_NULL)
        return wrong_choice(t, names);
    *(enum interpolator *)field = (enum interpolator)number;
    return true;
}

static bool store_wavelet(const struct slot *t, char *field)
{
    if (t->value->kind != YAML_TEXT || !wavelet_is_listed(t->value->text))
        return wrong(t, t->value, "the name of a wavelet (coif1, db4, bior2.2, ...)");
    strcpy(field, t->value->text);
    return true;
}

static void *own(struct owner *o, void *block)
{
    o->block = mem_grow(o->block, o->n + 1, sizeof *o->block);
    o->block[o->n++] = mem_must(block);
    return block;
}

static bool store_list(const struct slot *t, struct owner *owner, struct real_list *field)
{
    const struct yaml_node *v = t->value;
    bool ints = t->key->type == KEY_INTS;
    if (v->kind != YAML_LIST)
        return wrong(t, v, ints ? "a list of integers" : "a list of numbers");
    struct real_list list = {
        .item = own(owner, calloc(v->n + 1, sizeof *list.item)),
        .is_int = own(owner, calloc(v->n + 1, sizeof *list.is_int)),
        .n = (int)v->n,
    };
    for (size_t i = 0; i < v->n; i++) {
        if (!(ints ? whole : real)(t, v->child[i], &list.item[i]))
            return false;
        list.is_int[i] = v->child[i]->kind == YAML_INT;
    }
    *field = list;
    return true;
}

static bool store_null(const struct slot *t, struct settings *s)
{
    if (t->key->has == NO_FLAG && t->key->use == USE_ALWAYS)
        return wrong(t, t->value, "set to a value");
    if (t->key->has == NO_FLAG)
        s->unset |= key_bit(t->key);
    else if (t->key->type == KEY_CHOICE)
        *(int *)((char *)s + t->key->has) = 0;
    else
        *(bool *)((char *)s + t->key->has) = false;
    return true;
}

static bool store_value(const struct slot *t, struct owner *owner, struct settings *s)
{
    void *field = (char *)s + t->key->offset;
    switch (t->key->type) {
    case KEY_INT:
        return store_int(t, field);
    case KEY_REAL:
        return store_real(t, s, field);
    case KEY_BOOL:
        return store_bool(t, field);
    case KEY_CHOICE:
        return store_choice(t, field);
    case KEY_INTERPOLATOR:
        return store_interpolator(t, field);
    case KEY_WAVELET:
        return store_wavelet(t, field);
    case KEY_INTS:
    case KEY_REALS:
        return store_list(t, owner, field);
    }
    return false;
}

bool key_store(const struct key *k, const struct yaml_node *value, const struct yaml_doc *doc,
               struct owner *owner, struct settings *s, struct err *e)
{
    struct slot t = {k, value, doc, e};
    bool null_is_value = k->type == KEY_BOOL || k->type == KEY_INTERPOLATOR;
    if (value->kind == YAML_NULL && !null_is_value)
        return store_null(&t, s);
    if (!store_value(&t, owner, s))
        return false;
    s->unset &= ~key_bit(k);
    if (k->has != NO_FLAG && k->type != KEY_CHOICE)
        *(bool *)((char *)s + k->has) = true;
    return true;
}
