/* Ninja's rules, as far as rules/pipeline.ninja uses them: `name = value` at the top, and `rule
 * NAME` with indented `key = value` lines; '#' begins a comment line, "$" at the end of a line
 * joins the next, $name and ${name} are bindings, $$ is a dollar. */
#ifndef RADMILL_GRAPH_RULES_H
#define RADMILL_GRAPH_RULES_H

#include "graph/graph.h"

struct rule {
    char *name;
    struct bindings keys; /* command, description, ... as written */
};

struct rules {
    struct bindings top;
    struct rule *rule;
    size_t n;
};

/* ERR_FAILED with the line that is not understood. */
bool rules_parse(const char *text, struct rules *out, struct err *e);
const struct rule *rules_find(const struct rules *r, const char *name);
void rules_free(struct rules *r);

const char *bindings_get(const struct bindings *b, const char *name); /* NULL: none */

/* The value of a rule's key for an edge, all bindings replaced: `extra` (may be NULL) first, then
 * the edge's own, $in and $out, the rules' top. Unknown ones are empty, as in Ninja. Appends to
 * out. */
void rules_expand(const struct rules *r, const struct rule *rule, const char *key,
                  const struct edge *edge, const struct binding *extra, struct str *out);

#endif
