/* Operation trees: what a recipe's structure and an expression both become. */
#ifndef RADMILL_BOOLMASK_TREE_H
#define RADMILL_BOOLMASK_TREE_H

#include "boolmask/margin.h"

enum node_kind { NODE_NAME, NODE_OPERATION, NODE_MARGIN };

struct node {
    enum node_kind kind;
    char *name;           /* NODE_NAME: as it was written */
    enum region_op op;    /* NODE_OPERATION: from left to right over the children */
    struct margin margin; /* NODE_MARGIN: of the one child */
    struct node **child;
    size_t n;
};

struct node *node_name(const char *name); /* copies */
struct node *node_operation(enum region_op op);
struct node *node_margin(struct node *child, const struct margin *m); /* takes the child */
void node_add(struct node *parent, struct node *child);               /* takes the child */
void node_free(struct node *n);                                       /* NULL is fine */

/* Calls visit for every name, from left to right. */
void node_each_name(const struct node *n, void (*visit)(const char *name, void *data), void *data);

extern const char *const region_op_names[4]; /* "union", "intersection", "subtract", "xor" */

#endif
