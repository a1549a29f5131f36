/* Parameters under construction, for the files of this room: where values go, what the file says
 * where, and how names are refused. */
#ifndef RADMILL_ENGINE_PARAMS_BUILDER_H
#define RADMILL_ENGINE_PARAMS_BUILDER_H

#include "engine/params/effective.h"
#include "engine/params/params.h"

/* Keys that are null, which is legal as long as their value is not used. */
struct null_keys {
    const struct key **item;
    size_t n;
};

/* All values that a mapping of settings can set: those of the case, or of one image type. */
struct scope {
    struct settings settings;
    void **own; /* parameters of each filter of the profile, in its order; owned by the builder */
    struct null_keys null;
};

/* Where the file gives a key. */
struct seen_key {
    const struct key *key;
    int line, null_line; /* 0: nowhere, or overridden */
};

struct builder {
    struct params *p;
    const struct profile *const *profiles; /* all that there are, NULL-terminated: for messages */
    const struct yaml_doc *doc;            /* NULL: no parameter file */
    struct scope scope;                    /* of the case */
    struct effective effective;
    struct seen_key *seen;
    size_t n_seen;
    struct err *e;
};

bool builder_open(struct builder *b);
void builder_close(struct builder *b);

/* A copy of the case's scope, for an image type. Release with scope_close. */
bool scope_copy(struct builder *b, struct scope *out);
void scope_close(struct builder *b, struct scope *s);

/* A key of the stages or of any filter; NULL when the profile has none of that name. *filter: which
 * filter's, or -1. */
const struct key *builder_find_key(const struct builder *b, const char *name, bool voxel,
                                   int *filter);

/* Stores a value in a scope and remembers where the file has it. */
bool builder_store(struct builder *b, const struct key *k, int filter,
                   const struct yaml_node *value, const struct yaml_doc *doc, struct scope *s);

struct seen_key *builder_seen(struct builder *b, const struct key *k); /* NULL without memory */

/* One mapping of settings into a scope; those of an image type are no `effective` settings. */
bool builder_read_settings(struct builder *b, const struct yaml_node *map, bool voxel,
                           struct scope *s, bool effective);

/* As builder_unknown for a key; `bare` is its name without a section. */
bool builder_unknown_key(struct builder *b, int line, const char *what, const char *name,
                         const char *bare, const char *nearest);

bool builder_want_map(struct builder *b, const struct yaml_node *node);

/* "unknown WHAT NAME", or of which other profile it is a section, setting, filter, family or
 * feature; with the nearest name when there is one. Appended to *out. */
void builder_say_unknown(const struct builder *b, const char *what, const char *name,
                         const char *bare, const char *nearest, struct str *out);

/* The same as an error of a line of the file; always false. */
bool builder_unknown(struct builder *b, int line, const char *what, const char *name,
                     const char *nearest);

/* The name of its kind that is most similar to a misspelt one, or NULL. */
const char *builder_nearest_key(const struct builder *b, const char *name, bool voxel);
const char *builder_nearest_filter(const struct builder *b, const char *name);
const char *builder_nearest_family(const struct builder *b, const char *name);
const char *builder_nearest_feature(const struct family *f, const char *name);

/* Refuses keys that are null but used by the case, or by an image type with this scope and filter
 * (its number in the profile). */
bool builder_null_serves(struct builder *b, const struct scope *image, int filter, bool voxel_mode);

/* Refuses values with which no case can succeed. */
bool builder_values_serve(struct builder *b);

#endif
