/* The one table of settings: name, type, range and place of every key (specification 1.2, 1.3).
 * Reading, validation, overrides, diagnostics text and documentation are loops over it. */
#ifndef RADMILL_ENGINE_PARAMS_KEYS_H
#define RADMILL_ENGINE_PARAMS_KEYS_H

#include "engine/settings/settings.h"
#include "shim/yaml.h"

enum key_type {
    KEY_INT,          /* int64_t */
    KEY_REAL,         /* double */
    KEY_BOOL,         /* bool; null is false */
    KEY_CHOICE,       /* enum: index into choices */
    KEY_INTERPOLATOR, /* enum interpolator: a name, 1..10 or true */
    KEY_WAVELET,      /* char[]: a name of PyWavelets */
    KEY_INTS,         /* struct real_list of integers */
    KEY_REALS,        /* struct real_list */
};

/* When a value is used: only then null may not stand for it. */
enum key_use {
    USE_ALWAYS,
    USE_VECTOR_MASK, /* label_channel: 0 serves */
    USE_WIDTH,       /* no binCount */
    USE_NORMALIZE,
    USE_PADDING,   /* resampling or preCrop */
    USE_RESEGMENT, /* resegmentRange */
    USE_VOXEL,     /* voxel mode */
    USE_FILTER,    /* the image type `filter` */
};

struct key {
    const char *name;
    enum key_type type;
    size_t offset;              /* in struct settings */
    size_t has;                 /* offset of the has_ flag; NO_FLAG: null sets the key's bit in
                                 * settings.unset, or is refused (USE_ALWAYS; KEY_BOOL: false) */
    double min, max;            /* valid range; min itself only when !above */
    bool above;                 /* the value must be greater than min */
    const char *const *choices; /* NULL-terminated, NULL entries stand for null */
    const char *fallback;       /* default as Python prints it */
    bool in_diagnostics;        /* one of the keys that diagnostics always show */
    bool voxel;                 /* of voxelSetting, not of setting */
    enum key_use use;
    const char *filter;
};
enum { NO_FLAG = (size_t)-1 };

extern const struct key keys[]; /* ends with name NULL; order of specification 1.3 */

uint64_t key_bit(const struct key *k); /* in settings.unset */

const struct key *key_find(const char *name, bool voxel);

/* The nearest valid key to a slip, or NULL. */
const char *key_nearest(const char *name, bool voxel);

/* Blocks that settings point into. */
struct owner {
    void **block;
    size_t n;
};

/* Checks a value and stores it in s; lists become blocks of `owner`. ERR_REFUSED names file, line,
 * key, what is wanted and what is there. */
bool key_store(const struct key *k, const struct yaml_node *value, const struct yaml_doc *doc,
               struct owner *owner, struct settings *s, struct err *e);

#endif
