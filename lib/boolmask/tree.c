#include "boolmask/tree.h"

#include "base/mem.h"

#include <stdlib.h>

const char *const region_op_names[4] = {"union", "intersection", "subtract", "xor"};

static struct node *node_new(enum node_kind kind)
{
    struct node *n = mem_must(calloc(1, sizeof *n));
    n->kind = kind;
    return n;
}

struct node *node_name(const char *name)
{
    struct node *n = node_new(NODE_NAME);
    n->name = mem_strdup(name);
    return n;
}

struct node *node_operation(enum region_op op)
{
    struct node *n = node_new(NODE_OPERATION);
    n->op = op;
    return n;
}

struct node *node_margin(struct node *child, const struct margin *m)
{
    struct node *n = node_new(NODE_MARGIN);
    n->margin = *m;
    node_add(n, child);
    return n;
}

void node_add(struct node *parent, struct node *child)
{
    parent->child = mem_grow(parent->child, parent->n + 1, sizeof(struct node *));
    parent->child[parent->n++] = child;
}

void node_free(struct node *n)
{
    if (!n)
        return;
    for (size_t i = 0; i < n->n; i++)
        node_free(n->child[i]);
    free(n->child);
    free(n->name);
    free(n);
}

void node_each_name(const struct node *n, void (*visit)(const char *name, void *data), void *data)
{
    if (n->kind == NODE_NAME)
        visit(n->name, data);
    for (size_t i = 0; i < n->n; i++)
        node_each_name(n->child[i], visit, data);
}
