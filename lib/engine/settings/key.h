/* A key of a parameter file: name, type, range and place of one value (specification 1.2, 1.3).
 * Reading, validation, overrides, the text of the diagnostics and the list of settings are loops
 * over tables of such rows. The profile has the keys of the stages, and each filter brings those of
 * its own parameters. */
#ifndef RADMILL_ENGINE_SETTINGS_KEY_H
#define RADMILL_ENGINE_SETTINGS_KEY_H

#include "engine/settings/settings.h"
#include "shim/yaml.h"

#include <stddef.h>

enum key_type {
    KEY_INT,    /* int64_t */
    KEY_REAL,   /* double */
    KEY_BOOL,   /* bool; null is false */
    KEY_CHOICE, /* enum: number of the choice, from 0, or from 1 where null is 0 */
    KEY_NAME,   /* char[KEY_NAME_ROOM] that `accepts` knows */
    KEY_INTS,   /* struct real_list of integers */
    KEY_REALS,  /* struct real_list */
};
enum { KEY_NAME_ROOM = 24 };

/* What the requested classes will need of the settings. */
struct demand {
    bool distances, bins;
};

struct key {
    const char *name;
    enum key_type type;
    size_t offset;   /* in struct settings, or in the parameters of the filter */
    size_t has;      /* offset of the has_ flag that null clears; NO_FLAG: there is none */
    double min, max; /* valid range; min itself only when !above */
    bool above;      /* the value must be greater than min */
    const char *const *choices; /* NULL-terminated */
    bool null_is_none;          /* KEY_CHOICE: null is 0, the first choice 1 */
    bool numbered;              /* KEY_CHOICE: the number of a choice stands for it, true for 1 */
    bool (*accepts)(const char *name); /* KEY_NAME */
    const char *wanted;                /* KEY_NAME: what must stand there, for messages */
    const char *fallback;              /* default as Python prints it */
    int shown;  /* place among the keys that diagnostics always show, from 1; 0: only when set */
    bool voxel; /* of voxelSetting, not of setting */
    const char *summary; /* what it does, in a line */

    /* NULL: the value may not be null (without has). Otherwise null is accepted as long as the
     * value is not used: s with the image type's own part, in voxel mode or not. */
    bool (*used)(const struct settings *s, bool voxel_mode);

    /* Values of the right type and range with which no case can succeed are refused: false for such
     * a value, which must then `must`. at: where the value is stored. NULL: there are none. */
    bool (*possible)(const void *at, const struct settings *s, const struct demand *d);
    const char *must;
};
#define NO_FLAG ((size_t)-1)

/* Functions for `used`. */
bool key_used_always(const struct settings *s, bool voxel_mode);
bool key_used_never(const struct settings *s, bool voxel_mode);

/* In a table that ends with name NULL; NULL when there is no such key. */
const struct key *key_find(const struct key *table, const char *name, bool voxel);

/* Blocks that settings point into. */
struct owner {
    void **block;
    size_t n;
};

/* Takes over a block (NULL: out of memory). false with ERR_FAILED; the block is freed then. */
bool owner_take(struct owner *o, void *block, struct err *e);
void owner_free(struct owner *o);

/* Checks a value and stores it in `place` (struct settings or a filter's parameters); lists become
 * blocks of `owner`. *null: the value is null and waits for its use. ERR_REFUSED names file, line,
 * key, what is wanted and what is there. */
bool key_store(const struct key *k, const struct yaml_node *value, const struct yaml_doc *doc,
               struct owner *owner, void *place, bool *null, struct err *e);

#endif
