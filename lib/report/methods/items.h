/* The registry of statements. A new one is a row in items.c and a function beside it; a new step of
 * preprocessing is a row in steps.c. tests/unit/report_methods holds that each item of the three
 * guidelines has a row, and each step of each profile. */
#ifndef RADMILL_REPORT_METHODS_ITEMS_H
#define RADMILL_REPORT_METHODS_ITEMS_H

#include "report/methods/methods.h"

enum methods_place {
    METHODS_COHORT, /* of the run as a whole */
    METHODS_BEFORE, /* of a group, in front of its steps of preprocessing */
    METHODS_AFTER,
    METHODS_AUTHOR, /* radmill cannot know it */
};

struct methods_item {
    enum methods_place place;
    const char *what;
    const char *ibsi, *clear, *metrics; /* numbers as in "50a-d, 51"; NULL: none asks for it */
    const char *from;                   /* where it is known from */

    /* Writes sentences, each with a blank behind its full stop; none where there is nothing to say.
     * g is NULL for METHODS_COHORT. NULL for METHODS_AUTHOR. */
    void (*tell)(const struct methods *m, const struct methods_group *g, struct md *out);
};

extern const struct methods_item methods_items[]; /* ends with what NULL */

/* A step of preprocessing; item.place is METHODS_BEFORE. */
struct methods_step {
    preprocess_step *step;
    struct methods_item item;
};
extern const struct methods_step methods_steps[];                    /* ends with step NULL */
const struct methods_item *methods_step_item(preprocess_step *step); /* NULL: it has no row */

/* The statements of a group (NULL: of the cohort) in the order of what was done; returns how many,
 * at most METHODS_MOST. */
enum { METHODS_MOST = 40 };
size_t methods_list(const struct methods_group *g, const struct methods_item *out[METHODS_MOST]);

/* How an image was acquired: columns of courses.csv, with the guideline's items. Columns without a
 * row are told under their own name. */
struct methods_field {
    const char *column, *what, *unit, *ibsi;
};
extern const struct methods_field methods_fields[]; /* ends with column NULL */

/* The family of features that a class is, in IBSI's terms; NULL: unknown to the registry. */
struct methods_family {
    const char *name, *what, *code; /* of the class; code may be NULL */
};
const struct methods_family *methods_family_of(const struct family *f);

/* Is it the first request of its family? IBSI's profile has one for each aggregation. */
bool methods_is_first(const struct params *p, int request);

/* --- what the files of statements give to the registry --- */

typedef void methods_tell(const struct methods *m, const struct methods_group *g, struct md *out);

methods_tell tell_software, tell_data, tell_conversion, tell_segmentation, tell_masks,
    tell_excluded; /* cohort_items.c */
methods_tell tell_parameters, tell_filters, tell_definitions, tell_features,
    tell_number; /* feature_items.c */
methods_tell tell_discretisation, tell_volume_histogram, tell_aggregation, tell_symmetry,
    tell_distances, tell_zones, tell_coarseness; /* texture_items.c */

#endif
