/* Expressions: parsed as text; a tree must have the shape its readers count on. */
#include "fuzz.h"

#include "boolmask/expression.h"

#include <stdlib.h>
#include <string.h>

/* Whoever walks a tree recurses, so its depth must have a bound: every operator and every margin
 * adds one level, then there is the name. */
enum { MOST_LEVELS = EXPRESSION_MAX_OPERATORS + 2 };

static void check(const struct node *n, int level)
{
    if (level > MOST_LEVELS)
        abort();
    if (n->kind == NODE_NAME && (!n->name[0] || n->n != 0))
        abort();
    if (n->kind == NODE_OPERATION && n->n < 2)
        abort();
    if (n->kind == NODE_MARGIN && n->n != 1)
        abort();
    for (size_t i = 0; i < n->n; i++)
        check(n->child[i], level + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct err e = {0};
    char *text = malloc(n + 1);
    if (!text)
        return 0;
    if (n)
        memcpy(text, data, n);
    text[n] = '\0';
    struct node *tree = expression_parse(text, &e);
    if (tree)
        check(tree, 1);
    else if (e.code != ERR_USAGE || !e.text[0])
        abort(); /* a refusal must have a reason */
    node_free(tree);
    free(text);
    return 0;
}
