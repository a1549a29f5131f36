/* One value of the parameter file into its place. */
#include "base/num.h"
#include "engine/settings/key.h"

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
static bool store_real(const struct slot *t, void *field)
{
    double *to = field;
    if (t->value->kind == YAML_TEXT && t->key->voxel && num_parse_double(t->value->text, to))
        return true;
    return real(t, t->value, to);
}

static bool store_bool(const struct slot *t, void *field)
{
    if (t->value->kind != YAML_BOOL)
        return wrong(t, t->value, "true or false");
    *(bool *)field = t->value->boolean;
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
    char list[480] = "";
    size_t n = 0;
    for (int i = 0; choices[i] && n < sizeof list; i++)
        n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", i ? ", " : "one of ", choices[i]);
    return wrong(t, t->value, list);
}

static int number_of_choices(const char *const *choices)
{
    int n = 0;
    while (choices[n])
        n++;
    return n;
}

/* Null is 0 where it is a choice, and the first name 1. */
static bool store_choice(const struct slot *t, void *field)
{
    const struct key *k = t->key;
    const struct yaml_node *v = t->value;
    int i = v->kind == YAML_TEXT ? choice_of(v->text, k->choices) : -1;
    if (k->numbered && v->kind == YAML_BOOL && v->boolean)
        i = 0;
    if (k->numbered && v->kind == YAML_INT && v->integer >= 1 &&
        v->integer <= number_of_choices(k->choices))
        i = (int)v->integer - 1;
    if (i < 0)
        return wrong_choice(t, k->choices);
    *(int *)field = i + k->null_is_none;
    return true;
}

static bool store_name(const struct slot *t, char *field)
{
    const char *text = t->value->text;
    if (t->value->kind != YAML_TEXT || strlen(text) >= KEY_NAME_ROOM || !t->key->accepts(text))
        return wrong(t, t->value, t->key->wanted);
    strcpy(field, text);
    return true;
}

static bool store_list(const struct slot *t, struct owner *owner, struct real_list *field)
{
    const struct yaml_node *v = t->value;
    bool ints = t->key->type == KEY_INTS;
    if (v->kind != YAML_LIST)
        return wrong(t, v, ints ? "a list of integers" : "a list of numbers");
    struct real_list list = {.n = (int)v->n};
    list.item = calloc(v->n + 1, sizeof *list.item);
    if (!owner_take(owner, list.item, t->e))
        return false;
    list.is_int = calloc(v->n + 1, sizeof *list.is_int);
    if (!owner_take(owner, list.is_int, t->e))
        return false;
    for (size_t i = 0; i < v->n; i++) {
        if (!(ints ? whole : real)(t, v->child[i], &list.item[i]))
            return false;
        list.is_int[i] = v->child[i]->kind == YAML_INT;
    }
    *field = list;
    return true;
}

static bool store_null(const struct slot *t, char *place, bool *null)
{
    const struct key *k = t->key;
    if (k->type == KEY_BOOL)
        *(bool *)(place + k->offset) = false;
    else if (k->null_is_none)
        *(int *)(place + k->offset) = 0;
    else if (k->has != NO_FLAG)
        *(bool *)(place + k->has) = false;
    else if (!k->used)
        return wrong(t, t->value, "set to a value");
    else
        *null = true;
    return true;
}

static bool store_value(const struct slot *t, struct owner *owner, void *field)
{
    switch (t->key->type) {
    case KEY_INT:
        return store_int(t, field);
    case KEY_REAL:
        return store_real(t, field);
    case KEY_BOOL:
        return store_bool(t, field);
    case KEY_CHOICE:
        return store_choice(t, field);
    case KEY_NAME:
        return store_name(t, field);
    case KEY_INTS:
    case KEY_REALS:
        return store_list(t, owner, field);
    }
    return false;
}

bool key_store(const struct key *k, const struct yaml_node *value, const struct yaml_doc *doc,
               struct owner *owner, void *place, bool *null, struct err *e)
{
    struct slot t = {k, value, doc, e};
    char *base = place;
    *null = false;
    if (value->kind == YAML_NULL)
        return store_null(&t, base, null);
    if (!store_value(&t, owner, base + k->offset))
        return false;
    if (k->has != NO_FLAG)
        *(bool *)(base + k->has) = true;
    return true;
}
