/* Structures from trees: names resolved, sources read once, structures built before what needs
 * them. */
#ifndef RADMILL_BOOLMASK_BUILD_H
#define RADMILL_BOOLMASK_BUILD_H

#include "boolmask/library.h"

/* The result of building a structure. */
struct build_result {
    struct region region;
    bool present; /* false: there is no mask, and reason says why */
    bool refused; /* the reason is wrong input (another grid, an ambiguous name) */
    bool partial; /* built without one of its sources, or from a structure that was */
    char reason[1024];
    struct str_list notes;   /* what was odd, in words */
    struct str_list sources; /* what it was built from: "source/name" */
};

struct builder {
    const struct library *library;
    const struct recipe *recipe; /* may be empty */
    struct grid grid;
    bool resample;
    struct build_state *state; /* by item of the library; private */
};

/* library, recipe, grid and resample are set by the caller and borrowed. */
void build_start(struct builder *b);
void build_end(struct builder *b);

/* A structure of the recipe (index). A missing source (none of that name, no mask, or empty): a
 * union goes on with the rest and is partial; other operations refuse, which is a result without a
 * mask, not an error. Errors: structures that are built from each other in a circle (ERR_REFUSED,
 * members named); a file that cannot be read; memory. *out is owned by the builder. */
bool build_structure(struct builder *b, size_t structure, const struct build_result **out,
                     struct err *e);

/* An expression. Names must be there (ERR_REFUSED, with the nearest one and a reminder of quotes)
 * and have a mask; an empty mask is the empty set. build_result_free. */
bool build_expression(struct builder *b, const struct node *tree, struct build_result *out,
                      struct err *e);
void build_result_free(struct build_result *r);

#endif
