/* Images given by a formula, and running one filter on them. */
#ifndef RADMILL_TESTS_FILTER_FIXTURE_H
#define RADMILL_TESTS_FILTER_FIXTURE_H

#include "base/log.h"
#include "engine/filters/bank.h"
#include "engine/filters/gradient.h"
#include "engine/filters/laplacian.h"
#include "engine/filters/lbp2d.h"
#include "engine/filters/lbp3d.h"
#include "engine/filters/wavelet.h"
#include "engine/params/profile.h"

#include <stdlib.h>
#include <string.h>

typedef double formula(int64_t x, int64_t y, int64_t z);

struct fixture {
    struct roi_view view;
    uint8_t *mask;
    struct bank *bank; /* of the last fixture_open */
};

/* type: int16, float32 or float64. The ROI is the whole box. */
static inline struct fixture fixture_make(const int64_t size[3], enum pixel_type type,
                                          const struct box *roi, formula *f)
{
    struct fixture t = {0};
    struct grid g = grid_unit();
    struct err e;
    memcpy(g.size, size, sizeof g.size);
    if (!volume_alloc(&t.view.image, &g, type, &e))
        abort();
    int64_t i = 0;
    for (int64_t z = 0; z < size[2]; z++)
        for (int64_t y = 0; y < size[1]; y++)
            for (int64_t x = 0; x < size[0]; x++) {
                double value = f(x, y, z);
                volume_write(&t.view.image, i++, 1, &value);
            }
    int64_t n = box_voxels(roi);
    t.mask = malloc((size_t)n);
    memset(t.mask, 1, (size_t)n);
    t.view.intensity = (struct label_mask){.grid = g, .box = *roi, .in = t.mask, .n_voxels = n};
    t.view.morphology = t.view.intensity;
    log_set_level(LOG_ERROR); /* skipped responses are expected here */
    return t;
}

/* The responses of one filter, one after the other, through the fixture's own bank. */
static inline bool fixture_open(struct fixture *t, const struct filter_request *r, int64_t margin)
{
    bank_destroy(t->bank);
    t->bank = NULL;
    return bank_create(&t->view, r, 1, margin, &t->bank, NULL);
}

static inline bool fixture_next(struct fixture *t, struct response *out)
{
    const struct image_settings *settings;
    bool more;
    return bank_next(t->bank, out, &settings, &more, NULL) && more;
}

/* Opens and hands out the first response. */
static inline bool fixture_first(struct fixture *t, const struct filter_request *r,
                                 struct response *out)
{
    return fixture_open(t, r, 0) && fixture_next(t, out);
}

/* Value at image indices. */
static inline double fixture_at(const struct response *r, int64_t x, int64_t y, int64_t z)
{
    const struct box *b = &r->box;
    return r->value[((z - b->lo[2]) * b->size[1] + y - b->lo[1]) * b->size[0] + x - b->lo[0]];
}

static inline void fixture_free(struct fixture *t)
{
    bank_destroy(t->bank);
    volume_free(&t->view.image);
    free(t->mask);
}

static inline const struct filter *fixture_filter(const char *name)
{
    return profile_filter(&profile_pyradiomics, name);
}

/* With the filter's defaults; `own` points to parameters that the caller may give instead. */
static inline struct filter_request fixture_request(const char *filter)
{
    const struct filter *f = fixture_filter(filter);
    return (struct filter_request){f, f->defaults, settings_default().image};
}

#endif
