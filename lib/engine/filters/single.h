/* Filters that yield exactly one response of a fixed name: a row of the registry from one function.
 * For the filters of this room only. */
#ifndef RADMILL_ENGINE_FILTERS_SINGLE_H
#define RADMILL_ENGINE_FILTERS_SINGLE_H

#include "engine/filters/bank.h"

/* Fills value[box voxels] and out->type; or points out->value to voxels of its own from mem_big,
 * which filter_single_close releases. */
typedef bool filter_compute(const struct filter_input *in, struct response *out, double *value,
                            struct err *e);

bool filter_single_open(const struct filter_input *in, void **state, struct err *e);
bool filter_single_next(void *state, filter_compute *compute, struct response *out, double *value,
                        bool *more, struct err *e);
void filter_single_close(void *state);

/* Values depend on their own voxel only (and perhaps on filter_max_abs). */
void filter_halo_none(const struct grid *g, const struct filter_settings *s, int64_t voxels[3]);

/* The functions of such a row: FILTER_SINGLE defines them, FILTER_SINGLE_ROW puts them into it. */
#define FILTER_SINGLE(symbol, response_name, compute)                                              \
    static bool symbol##_names(const struct filter_settings *s, int dims, struct str_list *out,    \
                               struct err *e)                                                      \
    {                                                                                              \
        (void)s, (void)dims, (void)e;                                                              \
        str_list_add(out, response_name);                                                          \
        return true;                                                                               \
    }                                                                                              \
    static bool symbol##_next(void *state, struct response *out, double *value, bool *more,        \
                              struct err *e)                                                       \
    {                                                                                              \
        return filter_single_next(state, compute, out, value, more, e);                            \
    }
#define FILTER_SINGLE_ROW(symbol)                                                                  \
    .names = symbol##_names, .open = filter_single_open, .next = symbol##_next,                    \
    .close = filter_single_close

#endif
