/* The parameter file: what to compute and how (specification 1).
 *
 * YAML or JSON in, struct params out: the settings of the case, the image types with their merged
 * settings, and the wanted features of each class in output order. One table of keys (keys.h)
 * drives reading, validation, overrides and the text of the diagnostics; names of image types and
 * classes come from the registries of filters and families, so nothing is listed twice. */
#ifndef RADMILL_ENGINE_PARAMS_PARAMS_H
#define RADMILL_ENGINE_PARAMS_PARAMS_H

#include "base/str.h"
#include "engine/features/family.h"
#include "engine/filters/bank.h"
#include "engine/settings/settings.h"

/* The wanted features of one class. */
struct class_request {
    const struct family *family;
    int *feature; /* indices into family->feature in output order, each once */
    int n;
    bool *wanted; /* [family->n_features], for family->compute */
};

struct params {
    struct settings settings; /* of the case; lists are owned by this struct */
    struct filter_request *image_type;
    int n_image_types;
    struct class_request *request; /* shape and shape2D first, then file order */
    int n_requests;

    /* for the diagnostics: effective settings and image types as a Python dictionary prints */
    char *settings_text, *image_types_text;

    void **owned; /* blocks that the lists above point into */
    size_t n_owned;
};

struct params_source {
    const char *path;   /* parameter file, "-" for stdin, or NULL */
    const char *preset; /* name of a built-in parameter file, or NULL */
    const char *text;   /* a parameter file in memory (YAML), or NULL; at most one of the three */
    const char *const *setting; /* "key=value" overrides, in order */
    size_t n_settings;
    int64_t label; /* 0: as the file says */
    bool voxel;    /* voxel mode: the diagnostics say so */
};

/* Reads, validates and merges everything. Without a file and a preset: image type Original, all
 * classes but shape2D. ERR_REFUSED for a bad file ("file:line: cause", with the nearest valid key
 * for a slip), ERR_USAGE for a bad override or preset. Release with params_destroy. */
bool params_create(const struct params_source *source, struct params **out, struct err *e);
void params_destroy(struct params *p); /* NULL is fine */

#endif
