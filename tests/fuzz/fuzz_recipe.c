/* Recipes: what was read must be what the builder of structures counts on, and the builder must
 * come to an end on circles and long chains. There are no masks, so nothing is drawn. */
#include "fuzz.h"

#include "boolmask/build.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A margin over one operation over names, or the operation alone. */
static void check_tree(const struct node *n)
{
    struct err why = {0};
    if (n->kind == NODE_MARGIN) {
        if (n->n != 1 || !margin_check(&n->margin, &why))
            abort();
        n = n->child[0];
    }
    if (n->kind != NODE_OPERATION || n->n < 1)
        abort();
    for (size_t i = 0; i < n->n; i++)
        if (n->child[i]->kind != NODE_NAME || !n->child[i]->name[0])
            abort();
}

static void check(const struct recipe *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct recipe_structure *s = &r->structure[i];
        if (!s->name[0] || !s->roi_id[0] || !s->description || s->line < 1)
            abort();
        check_tree(s->tree);
        for (size_t k = 0; k < i; k++)
            if (strcmp(s->name, r->structure[k].name) == 0 ||
                strcasecmp(s->roi_id, r->structure[k].roi_id) == 0)
                abort();
    }
}

/* Without masks no structure comes out, each for a reason. */
static void build(const struct recipe *r)
{
    struct library library = {0};
    library_add_recipe(&library, r);
    struct builder b = {.library = &library, .recipe = r, .grid = grid_unit()};
    build_start(&b);
    bool ok = true;
    for (size_t i = 0; ok && i < r->n; i++) {
        const struct build_result *result;
        struct err e = {0};
        ok = build_structure(&b, i, &result, &e);
        if (ok ? result->present || !result->reason[0] : e.code != ERR_REFUSED || !e.text[0])
            abort();
    }
    build_end(&b);
    library_free(&library);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct recipe recipe;
    struct err e = {0};
    if (recipe_parse((const char *)data, n, "fuzz", &recipe, &e)) {
        check(&recipe);
        build(&recipe);
    } else if (e.code != ERR_REFUSED || !e.text[0]) {
        abort(); /* a refusal must have a reason */
    }
    recipe_free(&recipe);
    return 0;
}
