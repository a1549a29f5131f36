/* What the filters of IBSI 2 share: rules at the border, dimensions, pooling, and how a response
 * gets its name. For the ibsi_*.c files of this room. */
#ifndef RADMILL_ENGINE_FILTERS_IBSI_H
#define RADMILL_ENGINE_FILTERS_IBSI_H

#include "engine/filters/single.h"
#include "engine/responses/separable.h"

enum ibsi_dimensions { IBSI_2D, IBSI_3D };

/* First member of the parameters of every filter. */
struct ibsi_common {
    enum border_rule boundary;
    enum ibsi_dimensions dimensions; /* 2D: each slice by itself */
};

extern const char *const ibsi_boundaries[]; /* enum border_rule */
extern const char *const ibsi_dimension_names[];
extern const char *const ibsi_poolings[]; /* enum pooling */

#define IBSI_COMMON_KEYS(filter, type)                                                             \
    {filter ".boundary",                                                                           \
     KEY_CHOICE,                                                                                   \
     offsetof(struct type, common.boundary),                                                       \
     NO_FLAG,                                                                                      \
     .choices = ibsi_boundaries,                                                                   \
     .fallback = "mirror",                                                                         \
     .summary = "what the image is beyond its border"},                                            \
    {                                                                                              \
        filter ".dimensions", KEY_CHOICE, offsetof(struct type, common.dimensions), NO_FLAG,       \
            .choices = ibsi_dimension_names, .fallback = "3D",                                     \
            .summary = "filter in space, or each slice by itself"                                  \
    }

/* The image of the input as a source with these rules. */
struct source ibsi_source(const struct filter_input *in, const struct ibsi_common *common);

/* out->type, and p's voxels become those of `out` (single.h releases them); p is empty then. */
void ibsi_deliver(struct patch *p, struct response *out);

/* Appends a number to a name, with "-" for its point: 2.5 is "2-5". */
void ibsi_name_number(struct str *name, double number);

/* Appends "-2D" where the filter is flat, and adds the name to the list. */
void ibsi_name_done(struct str *name, const struct ibsi_common *common, struct str_list *out);

/* The halo of kernels that reach so many voxels; NULL of the third in two dimensions. */
void ibsi_halo(const struct grid *g, const struct ibsi_common *common, const double reach[3],
               int64_t voxels[3]);

#define IBSI_FILTER_ROW(symbol)                                                                    \
    .names = symbol##_names, .halo = symbol##_halo, .open = filter_single_open,                    \
    .next = symbol##_next, .close = filter_single_close

#endif
