/* The parameter file: what to compute and how (specification 1).
 *
 * YAML or JSON in, struct params out: the settings of the case, the image types with what is in
 * force for them, and the wanted features of each class in output order. The profile says which
 * keys, image types and classes there are: nothing is listed here. */
#ifndef RADMILL_ENGINE_PARAMS_PARAMS_H
#define RADMILL_ENGINE_PARAMS_PARAMS_H

#include "base/str.h"
#include "engine/params/profile.h"

/* The wanted features of one class. */
struct class_request {
    const struct family *family;
    int *feature; /* rows of the family in output order, each once */
    int n;
    bool *wanted;                          /* [family->n_features], for family_measure */
    const struct aggregation *aggregation; /* NULL: as the settings ask for */
};

struct params {
    const struct profile *profile;
    struct settings settings; /* of the case; lists are owned by this struct */
    struct filter_request *image_type;
    int n_image_types;
    struct class_request *request; /* shape classes first, then file order */
    int n_requests;

    /* for the diagnostics: effective settings and image types as a Python dictionary prints */
    char *settings_text, *image_types_text;

    struct owner owner; /* of blocks that the settings point into */
};

struct params_source {
    const char *profile; /* name, or NULL: the one that knows the preset, else the default */
    const char *path;    /* parameter file, "-" for stdin, or NULL */
    const char *preset;  /* name of a built-in parameter file, or NULL */
    const char *text;    /* a parameter file in memory (YAML), or NULL; at most one of the three */
    const char *const *setting; /* "key=value" overrides, in order */
    size_t n_settings;
    int64_t label; /* 0: as the file says */
    bool voxel;    /* voxel mode: the diagnostics say so */
};

/* Reads, validates and merges everything. Without a file and a preset: image type Original, and all
 * classes but those on request. ERR_REFUSED for a bad file ("file:line: cause", with the most
 * similar valid key for a misspelt one), ERR_USAGE for a bad override or preset, ERR_FAILED without
 * memory. Release with params_destroy. */
bool params_create(const struct params_source *source, struct params **out, struct err *e);
void params_destroy(struct params *p); /* NULL is fine */

/* The same parameters for another label; p is changed. */
void params_set_label(struct params *p, int64_t label);

#endif
