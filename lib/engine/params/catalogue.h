/* Lists of all features, filters, settings and presets of all profiles, taken from the registries.
 * For `radfeat --list`, the docs and the library. */
#ifndef RADMILL_ENGINE_PARAMS_CATALOGUE_H
#define RADMILL_ENGINE_PARAMS_CATALOGUE_H

#include "engine/params/params.h"

struct catalogue_feature {
    const struct profile *profile;
    const struct family *family;
    const struct feature *feature;
};

struct catalogue_filter {
    const struct profile *profile;
    const struct filter *filter;
};

struct catalogue_setting {
    const struct profile *profile;
    const struct filter *filter; /* whose it is; NULL: of the stages */
    const struct key *key;
};

struct catalogue_preset {
    const struct profile *profile;
    const struct preset *preset;
};

/* The i-th entry of each list; false after the last one. */
bool catalogue_feature_at(size_t i, struct catalogue_feature *out);
bool catalogue_filter_at(size_t i, struct catalogue_filter *out);
bool catalogue_setting_at(size_t i, struct catalogue_setting *out);
bool catalogue_preset_at(size_t i, struct catalogue_preset *out);

enum { CATALOGUE_TEXT = 160 };

/* IBSI's codes of the aggregations that a family may have, one blank apart; "DHQ4" for none. */
const char *catalogue_aggregations(enum aggregation_kind kind, char text[CATALOGUE_TEXT]);

/* The type and range of a setting in words: "integer 1..3", "number > 0", "one of a, b". */
const char *catalogue_type(const struct key *k, char text[CATALOGUE_TEXT * 2]);

/* In words: "current", "deprecated" or "gone". */
const char *catalogue_status(enum feature_status status);

#endif
