/* The filter bank: from one image with its ROI to a series of responses, one in memory at a time.
 *
 * A filter ("image type" in pyradiomics, specification 5) is a row and a file of its own; a profile
 * lists those that it has. The bank is a pull iterator over requests; the unfiltered image is the
 * filter "Original", so nothing is a special case. Filters see the whole image, the voxels outside
 * the ROI included, but compute only the box that is asked for: each row states by `halo` how far
 * its values reach. */
#ifndef RADMILL_ENGINE_FILTERS_BANK_H
#define RADMILL_ENGINE_FILTERS_BANK_H

#include "base/err.h"
#include "base/str.h"
#include "engine/filters/response.h"
#include "engine/preprocess/roi_view.h"
#include "engine/settings/key.h"

/* The settings of a filter. Borrowed. */
struct filter_settings {
    const void *own;                      /* of the type that its row's keys fill */
    const struct family_settings *family; /* those of the features taken from its responses */
};

/* What a filter works on. All borrowed; valid until its close. */
struct filter_input {
    const struct roi_view *view;
    struct filter_settings settings;
    struct box box;      /* wanted voxels, in indices of view->image.grid: ROI box + margin */
    const uint8_t *mask; /* of that box: 1 inside the ROI */
    bool inside_only;    /* values outside the mask are not used: a filter need not compute them */
    double *max_abs;     /* cache of filter_max_abs; negative while unknown */
};

struct filter {
    const char *name;     /* of the image type, e.g. "LoG" */
    const char *summary;  /* what it does, in a line */
    bool changes_nothing; /* the response is the image */

    /* Its own parameters: struct, defaults, keys; 0 and NULL for a filter that has none. */
    size_t settings_bytes;
    const void *defaults;
    const struct key *keys; /* ends with name NULL */

    /* Appends the names of the responses, in output order, as the settings alone decide them, for
     * images of `dims` axes (2 or 3). ERR_REFUSED: settings with which pyradiomics aborts the case.
     */
    bool (*names)(const struct filter_settings *s, int dims, struct str_list *out, struct err *e);

    /* Voxels beyond the box, per axis, that can change a value in it; axes are cut at the image
     * (Wavelet: continued around the border). INT64_MAX: the whole axis. */
    void (*halo)(const struct grid *g, const struct filter_settings *s, int64_t voxels[3]);

    /* A series of responses: open, next until *more is false, close (also after errors). next
     * writes out->index, the place of the response among `names`, out->type and every element of
     * value, which is box_voxels(in->box) long; or it points out->value to room of its own, which
     * stays until the next call. A response that pyradiomics skips is passed over with a warning.
     */
    bool (*open)(const struct filter_input *in, void **state, struct err *e);
    bool (*next)(void *state, struct response *out, double *value, bool *more, struct err *e);
    void (*close)(void *state);
};

/* One image type of the parameter file with the settings in force for it. */
struct filter_request {
    const struct filter *filter;
    const void *own; /* the filter's parameters, borrowed; NULL: its defaults */
    struct image_settings image;
};

/* Appends the response names that a request yields on an image of `dims` axes that is large enough
 * for it: the columns of a table are a function of the parameters alone. A name comes as often as
 * there are responses of it (sigma: [1, 1]). */
bool filter_names(const struct filter_request *request, int dims, struct str_list *out,
                  struct err *e);

/* The halo of a request's filter with its settings. */
void filter_halo(const struct filter_request *request, const struct grid *g, int64_t voxels[3]);

/* A bank over requests[n], served in order. margin: extra voxels around the ROI box that responses
 * cover (0, or the kernel radius of voxel mode), cut at the image. view and requests are borrowed
 * until bank_destroy. Error: ERR_FAILED (memory). */
struct bank;
bool bank_create(const struct roi_view *view, const struct filter_request *requests, int n,
                 int64_t margin, struct bank **out, struct err *e);

/* The same over a box of the image that holds that of the intensity mask. inside_only: nobody reads
 * values outside the mask. */
bool bank_create_on(const struct roi_view *view, const struct filter_request *requests, int n,
                    const struct box *box, bool inside_only, struct bank **out, struct err *e);

/* The next response: *more true and *out and *settings (of its request) filled, borrowed until the
 * next call; or *more false at the end. Responses that cannot be computed on this image are passed
 * over with a warning, as in pyradiomics. ERR_REFUSED: pyradiomics aborts the case here. */
bool bank_next(struct bank *b, struct response *out, const struct image_settings **settings,
               bool *more, struct err *e);

/* Gathers the ROI's values of the last response in one array: r->sample replaces r->value. to: room
 * for r->n_voxels of them, so that r stays whole after the next call of bank_next; NULL: the bank's
 * own room. */
void bank_gather(struct bank *b, struct response *r, double *to);
void bank_destroy(struct bank *b); /* NULL is fine */

/* Name of the image type that the last response belongs to; static text. Not after the end. */
const char *bank_current(const struct bank *b);

/* max |x| over the whole image, from the view's stats or by one pass, found once per bank; NaN when
 * a voxel is NaN. For filters. */
double filter_max_abs(const struct filter_input *in);

#endif
