/* A profile: what one standard of radiomics asks of the engine, all of it in one row.
 *
 * Stages, filters, matrices and formulas belong to no profile. A profile names the features and
 * gives them codes, says which keys a parameter file of it has, in which order an image is
 * prepared, how grid and mask are resampled, how values become grey levels, what is added to zero
 * and whose order of summation is followed. */
#ifndef RADMILL_ENGINE_PARAMS_PROFILE_H
#define RADMILL_ENGINE_PARAMS_PROFILE_H

#include "engine/discretise/levels.h"
#include "engine/features/family.h"
#include "engine/filters/bank.h"
#include "engine/preprocess/preprocess.h"
#include "engine/settings/key.h"

struct preset {
    const char *name, *summary, *text; /* text is YAML */
};

struct builder;
struct params_source;

struct profile {
    const char *name, *summary;

    /* Reads a parameter file of this profile's layout, or its defaults, with the overrides. */
    bool (*read)(struct builder *b, const struct params_source *source);

    const char *const *sections;          /* of its parameter file; NULL-terminated */
    const struct family *const *families; /* NULL-terminated; order of columns */
    const struct filter *const *filters;  /* NULL-terminated */
    const struct key *keys;               /* of the stages; ends with name NULL */
    const struct preset *presets;         /* ends with name NULL */

    const struct preprocess_rules *preprocess;
    bool (*discretise)(const struct response *r, const struct discretise_settings *s,
                       struct levels *out, struct err *e);
    const struct arithmetic *arithmetic;

    /* Diagnostics: which stages have any, and whether the mask as loaded has values. */
    bool (*has_stage)(const struct settings *s, enum stage stage);
    bool values_at_start;
};

extern const struct profile profile_ibsi; /* ibsi.c */

extern const struct profile profile_pyradiomics; /* pyradiomics.c */

extern const struct profile *const profiles[]; /* NULL-terminated, the first is the default:
                                                * profiles.c */

const struct profile *profile_find(const char *name); /* NULL when unknown */

/* In a profile; NULL when it has none of that name. */
const struct family *profile_family(const struct profile *p, const char *name);
const struct filter *profile_filter(const struct profile *p, const char *name);
const struct preset *profile_preset(const struct profile *p, const char *name);

#endif
