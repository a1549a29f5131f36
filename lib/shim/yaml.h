/* YAML and JSON files as one small read-only tree with line numbers.
 *
 * Scalars follow the YAML 1.2 core schema as ruamel.yaml reads it (specification 1.1): only
 * true/false in their usual capitalisations are booleans, 1e-3 is a number, 010 is ten, 0o10 eight,
 * 0x10 sixteen, `_` may group digits; quoted scalars are text. Behind `%YAML 1.1` the older rules
 * hold: y, yes, on, n, no, off are booleans, 010 is eight, 1:30 ninety. In JSON the last of two
 * equal keys wins and NaN and Infinity are numbers; in YAML equal keys are an error.
 *
 * Hostile input is an error, never a crash or a long wait: at most YAML_MAX_BYTES of text,
 * YAML_MAX_DEPTH levels, YAML_MAX_NODES nodes counted after the aliases are followed,
 * YAML_MAX_KEYS keys in one mapping; an alias inside its own anchor is refused. Aliased nodes are
 * shared, not copied: the tree is read-only. */
#ifndef RADMILL_SHIM_YAML_H
#define RADMILL_SHIM_YAML_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum {
    YAML_MAX_BYTES = 4 << 20,
    YAML_MAX_DEPTH = 64,
    YAML_MAX_NODES = 200000,
    YAML_MAX_KEYS = 5000,
    YAML_MAX_ANCHORS = 1000,
};

enum yaml_kind { YAML_NULL, YAML_BOOL, YAML_INT, YAML_REAL, YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node {
    enum yaml_kind kind;
    int line;        /* 1-based, where the node begins */
    const char *key; /* as the value of a map: its key, else NULL */
    int key_line;
    const char *text; /* scalars: the characters, unquoted; "" for list and map */
    bool boolean;     /* YAML_BOOL */
    int64_t integer;  /* YAML_INT; one that does not fit is YAML_REAL */
    double real;      /* YAML_REAL, and YAML_INT as a double */
    size_t n;         /* list and map: children, in file order */
    const struct yaml_node *const *child;
};

enum yaml_flavour { YAML_1_2, YAML_1_1, YAML_JSON };

struct yaml_doc;

/* Parses the one document of `bytes`, of flavour YAML_1_2 (its own directive may make it YAML_1_1)
 * or YAML_JSON. `name` stands in front of each message ("name:line: cause"). No document, a second
 * document or broken text: NULL and ERR_REFUSED. yaml_destroy frees all. */
struct yaml_doc *yaml_parse(const char *bytes, size_t n, const char *name,
                            enum yaml_flavour flavour, struct err *e);

/* yaml_parse of a file, "-" for standard input; JSON when the name ends in ".json". A file that
 * cannot be read: ERR_REFUSED. */
struct yaml_doc *yaml_load(const char *path, struct err *e);
void yaml_destroy(struct yaml_doc *doc);

const struct yaml_node *yaml_root(const struct yaml_doc *doc); /* never NULL */
const char *yaml_name(const struct yaml_doc *doc);

/* The value of a key; NULL when there is none, or when the node is no map. */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);

/* "null", "bool", "int", "float", "text", "list", "mapping": for messages. */
const char *yaml_kind_name(enum yaml_kind kind);

/* A plain scalar's value by the rules above: kind, boolean, integer and real of *node are set from
 * its text. yaml_resolve: by those of YAML 1.2; the flavour is no JSON. */
void yaml_resolve_as(struct yaml_node *node, enum yaml_flavour flavour);
void yaml_resolve(struct yaml_node *node);

/* Sets e to "name:line: text" with ERR_REFUSED; always false. */
bool yaml_error(struct err *e, const struct yaml_doc *doc, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
