/* Private to the YAML shim: the tree while it is built. */
#ifndef RADMILL_SHIM_YAML_BUILD_H
#define RADMILL_SHIM_YAML_BUILD_H

#include "shim/yaml.h"

/* A node as it is built. `open` while its end event has not come: an alias to an open node is a
 * cycle. `weight` counts the nodes below it with aliases followed. */
struct build {
    struct yaml_node node;
    struct build *next; /* all nodes of the document, for yaml_destroy */
    char *text, *key;
    const struct yaml_node **child;
    size_t room, weight;
    bool open;
};

struct yaml_doc {
    char *name;
    struct build *all, *root;
};

/* A scalar without quotes in a JSON file: literal or number, else false. Sets what yaml_resolve
 * sets. */
bool yaml_resolve_json(struct yaml_node *node);

/* A scalar with an explicit tag of the core schema, which must agree with its text; other tags are
 * refused. ERR_REFUSED with the document's name and line. */
bool yaml_resolve_tag(struct yaml_node *node, const char *tag, enum yaml_flavour flavour,
                      const struct yaml_doc *doc, struct err *e);

/* YAML 1.1 only: whole and real numbers in groups of sixty, 1:30 and 1:30.5. */
bool yaml_resolve_sixties(struct yaml_node *node, const char *text);

#endif
