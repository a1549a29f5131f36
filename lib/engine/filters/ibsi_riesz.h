/* Riesz transforms (IBSI 2, AYRS) as part of other filters' parameters. */
#ifndef RADMILL_ENGINE_FILTERS_IBSI_RIESZ_H
#define RADMILL_ENGINE_FILTERS_IBSI_RIESZ_H

#include "base/str.h"
#include "engine/filters/ibsi.h"
#include "engine/responses/steered.h"

struct ibsi_riesz {
    struct real_list order; /* along x, y, z; empty: no transform */
    bool steered;           /* along the axes of the structure tensor of each voxel */
    double tensor_sigma_mm; /* of the Gaussian that smooths the tensor */
};

#define IBSI_RIESZ_DEFAULT                                                                         \
    {                                                                                              \
        .order = {NULL, NULL, 0}, .steered = false, .tensor_sigma_mm = 1                           \
    }

#define IBSI_RIESZ_KEYS(filter, type)                                                              \
    {filter ".riesz_order",                                                                        \
     KEY_INTS,                                                                                     \
     offsetof(struct type, riesz.order),                                                           \
     NO_FLAG,                                                                                      \
     0,                                                                                            \
     8,                                                                                            \
     .possible = ibsi_riesz_possible,                                                              \
     .must = "have one order for each axis, and at most 8 in all",                                 \
     .fallback = "[]",                                                                             \
     .summary = "orders of a Riesz transform along x, y, z"},                                      \
        {filter ".riesz_steered",                                                                  \
         KEY_BOOL,                                                                                 \
         offsetof(struct type, riesz.steered),                                                     \
         NO_FLAG,                                                                                  \
         .fallback = "false",                                                                      \
         .summary = "turn the transform to the local structure tensor"},                           \
    {                                                                                              \
        filter ".tensor_sigma_mm", KEY_REAL, offsetof(struct type, riesz.tensor_sigma_mm),         \
            NO_FLAG, 0, INFINITY, true,                                                            \
            .fallback = "1",                                                                       \
            .summary = "width of the Gaussian that smooths the structure tensor, mm"               \
    }

int ibsi_riesz_order(const struct ibsi_riesz *r); /* in all; 0: no transform */
bool ibsi_riesz_possible(const void *at, const struct settings *s, const struct demand *d);
void ibsi_riesz_name(struct str *name, const struct ibsi_riesz *r);

/* The transform of a band, steered or not; release *out with patch_free. */
bool ibsi_riesz_response(const struct source *source, const struct spectral *band,
                         const struct ibsi_riesz *r, const struct box *wanted, struct patch *out,
                         struct err *e);

#endif
