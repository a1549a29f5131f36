#include "boolmask/build.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct build_state {
    enum { UNTOUCHED, UNDER_WAY, DONE } stage;
    struct build_result result;
};

enum { DEEPEST_CHAIN = 1000 }; /* structures built from structures built from ... */

/* The chain of structures that are being built, from the innermost outwards. */
struct asker {
    int structure; /* -1: an expression */
    const struct asker *before;
    struct build_result *result; /* of the structure that needs this one */
    bool strict;                 /* unknown names are errors, and an empty mask is the empty set */
    int depth;
};

void build_start(struct builder *b)
{
    b->state = mem_must(calloc(b->library->n + 1, sizeof *b->state));
}

void build_end(struct builder *b)
{
    for (size_t i = 0; b->state && i < b->library->n; i++)
        build_result_free(&b->state[i].result);
    free(b->state);
    b->state = NULL;
}

void build_result_free(struct build_result *r)
{
    region_free(&r->region);
    str_list_free(&r->notes);
    str_list_free(&r->sources);
    *r = (struct build_result){0};
}

static void note(struct build_result *r, const char *text)
{
    if (!str_list_has(&r->notes, text))
        str_list_add(&r->notes, text);
}

/* Ends a structure without a mask. */
static void give_up(struct build_result *r, bool refused, const char *why)
{
    if (r->reason[0])
        return;
    r->refused = refused;
    snprintf(r->reason, sizeof r->reason, "%s", why);
}

/* --- items: masks of files and structures of the recipe, each made once --- */

static bool evaluate(struct builder *b, const struct node *n, const struct asker *who,
                     struct region *out, bool *there, struct err *e);

static bool load_item(struct builder *b, size_t index, struct err *e)
{
    const struct library_item *item = &b->library->item[index];
    struct build_result *r = &b->state[index].result;
    r->partial = item->partial;
    if (!item->path) {
        give_up(r, false, item->reason ? item->reason : "it has no mask");
        return true;
    }
    struct err why = {0};
    r->present = library_load(item, &b->grid, b->resample, &r->region, &why);
    if (!r->present && why.code != ERR_REFUSED) {
        *e = why;
        return false;
    }
    if (!r->present)
        give_up(r, true, why.text);
    return true;
}

static bool circle(const struct builder *b, int structure, const struct asker *who, struct err *e)
{
    struct str path = {0};
    const char *last = b->recipe->structure[structure].name;
    str_addf(&path, "\"%s\"", last);
    for (const struct asker *a = who; a && a->structure != structure; a = a->before) {
        struct str longer = {0};
        str_addf(&longer, "\"%s\" -> %s", b->recipe->structure[a->structure].name, str_text(&path));
        str_free(&path);
        path = longer;
    }
    err_set(e, ERR_REFUSED, "structures are built from each other in a circle: \"%s\" -> %s", last,
            str_text(&path));
    str_free(&path);
    return false;
}

static bool make_structure(struct builder *b, size_t index, const struct asker *before,
                           struct err *e)
{
    int structure = b->library->item[index].structure;
    struct build_result *r = &b->state[index].result;
    struct asker who = {structure, before, r, false, before ? before->depth + 1 : 1};
    bool there;
    if (who.depth > DEEPEST_CHAIN)
        return err_set(e, ERR_REFUSED, "more than %d structures built from each other in a row",
                       DEEPEST_CHAIN);
    if (!evaluate(b, b->recipe->structure[structure].tree, &who, &r->region, &there, e))
        return false;
    r->present = there;
    if (!there)
        give_up(r, false, "none of its sources is there");
    return true;
}

static bool make_item(struct builder *b, size_t index, const struct asker *who, struct err *e)
{
    struct build_state *s = &b->state[index];
    if (s->stage == DONE)
        return true;
    int structure = b->library->item[index].structure;
    if (s->stage == UNDER_WAY)
        return circle(b, structure, who, e);
    s->stage = UNDER_WAY;
    bool ok = structure < 0 ? load_item(b, index, e) : make_structure(b, index, who, e);
    s->stage = DONE;
    return ok;
}

/* --- names --- */

static bool unknown_name(const struct builder *b, const char *asked, struct err *e)
{
    const char *near = library_nearest(b->library, asked);
    bool piped = false;
    for (size_t i = 0; i < b->library->n; i++)
        piped = piped || b->library->item[i].piped.data;
    return err_set(
        e, ERR_REFUSED,
        "no structure is named \"%s\"%s%s%s%s (names with other characters than letters, "
        "digits, '_' and '.' need double quotes)",
        asked, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "",
        piped ? "; the mask on standard input is named stdin" : "");
}

static void note_missing(struct build_result *r, const char *asked, const char *why)
{
    struct str s = {0};
    str_addf(&s, "source %s is missing: %s", asked, why);
    note(r, str_text(&s));
    str_free(&s);
}

static void note_used(struct build_result *r, const struct library_item *item, const char *asked,
                      bool exactly)
{
    struct str full = {0}, s = {0};
    library_print(item, &full);
    if (!str_list_has(&r->sources, str_text(&full)))
        str_list_add(&r->sources, str_text(&full));
    str_addf(&s, "%s was taken for %s", str_text(&full), asked);
    if (!exactly)
        note(r, str_text(&s));
    str_free(&full);
    str_free(&s);
}

/* The result for a name that exists but cannot be used. */
static bool without_mask(const struct asker *who, const char *asked, const struct build_result *r,
                         struct err *e)
{
    if (who->strict)
        return err_set(e, ERR_REFUSED, "\"%s\" has no mask: %s", asked, r->reason);
    if (r->refused) {
        struct str s = {0};
        str_addf(&s, "%s: %s", asked, r->reason);
        give_up(who->result, true, str_text(&s));
        str_free(&s);
    }
    note_missing(who->result, asked, r->present ? "it is empty" : r->reason);
    return true;
}

/* Finds the item that a name means. *found is false when there is none that the current structure
 * can use. */
static bool resolve(struct builder *b, const char *asked, const struct asker *who, size_t *index,
                    bool *found, struct err *e)
{
    struct str several = {0};
    bool exactly = true, ok = true;
    enum match m = library_find(b->library, asked, who->structure, index, &exactly, &several);
    *found = m == MATCH_ONE;
    if (m == MATCH_AMBIGUOUS) {
        struct str why = {0};
        str_addf(&why, "\"%s\" may be any of: %s", asked, str_text(&several));
        if (who->strict)
            ok = err_set(e, ERR_REFUSED, "%s (source/name says which)", str_text(&why));
        else
            give_up(who->result, true, str_text(&why));
        str_free(&why);
    } else if (m == MATCH_NONE) {
        const char *near = library_nearest(b->library, asked);
        struct str why = {0};
        str_addf(&why, "no structure has this name%s%s", near ? "; the nearest is " : "",
                 near ? near : "");
        if (who->strict)
            ok = unknown_name(b, asked, e);
        else
            note_missing(who->result, asked, str_text(&why));
        str_free(&why);
    } else {
        note_used(who->result, &b->library->item[*index], asked, exactly);
    }
    str_free(&several);
    return ok;
}

static bool evaluate_name(struct builder *b, const char *asked, const struct asker *who,
                          struct region *out, bool *there, struct err *e)
{
    size_t index = 0;
    *there = false;
    bool found;
    if (!resolve(b, asked, who, &index, &found, e))
        return false;
    if (!found)
        return true;
    if (!make_item(b, index, who, e))
        return false;
    const struct build_result *r = &b->state[index].result;
    bool empty = r->present && region_is_empty(&r->region);
    if (!r->present || (empty && !who->strict))
        return without_mask(who, asked, r, e);
    if (empty)
        log_warning("\"%s\" is empty", asked);
    who->result->partial |= r->partial;
    *there = true;
    return region_cut(&r->region, &r->region.box, out, e);
}

/* --- trees --- */

/* A missing operand: a union goes on without it, every other operation refuses. */
static void without_child(const struct node *n, const struct asker *who)
{
    char why[64];
    who->result->partial = true;
    if (n->op == REGION_UNION)
        return;
    snprintf(why, sizeof why, "%s without one of its sources", region_op_names[n->op]);
    struct str s = {0};
    str_add(&s, why);
    for (size_t i = 0; i < who->result->notes.n; i++)
        if (str_starts_with(who->result->notes.item[i], "source "))
            str_addf(&s, "; %s", who->result->notes.item[i]);
    give_up(who->result, false, str_text(&s));
    str_free(&s);
}

static bool evaluate_operation(struct builder *b, const struct node *n, const struct asker *who,
                               struct region *out, bool *there, struct err *e)
{
    *there = false;
    for (size_t i = 0; i < n->n; i++) {
        struct region part = {0};
        bool part_there;
        if (!evaluate(b, n->child[i], who, &part, &part_there, e)) {
            region_free(&part);
            return false;
        }
        if (!part_there) {
            without_child(n, who);
        } else if (!*there) {
            *there = true;
            *out = part;
            continue;
        } else if (!region_combine(out, n->op, &part, e)) {
            region_free(&part);
            return false;
        }
        region_free(&part);
    }
    if (who->result->reason[0])
        *there = false;
    return true;
}

/* *there: false when there is no result; notes and reason of the current structure say why. On
 * error *out is left to the caller to free. */
static bool evaluate(struct builder *b, const struct node *n, const struct asker *who,
                     struct region *out, bool *there, struct err *e)
{
    if (n->kind == NODE_NAME)
        return evaluate_name(b, n->name, who, out, there, e);
    if (n->kind == NODE_OPERATION)
        return evaluate_operation(b, n, who, out, there, e);
    return evaluate(b, n->child[0], who, out, there, e) &&
           (!*there || margin_apply(out, &b->grid, &n->margin, e));
}

bool build_structure(struct builder *b, size_t structure, const struct build_result **out,
                     struct err *e)
{
    for (size_t i = 0; i < b->library->n; i++)
        if (b->library->item[i].structure == (int)structure) {
            *out = &b->state[i].result;
            return make_item(b, i, NULL, e);
        }
    return err_set(e, ERR_FAILED, "structure %zu is not in the library", structure);
}

bool build_expression(struct builder *b, const struct node *tree, struct build_result *out,
                      struct err *e)
{
    *out = (struct build_result){0};
    struct asker who = {-1, NULL, out, true, 0};
    return evaluate(b, tree, &who, &out->region, &out->present, e);
}
