#include "engine/filters/bank.h"

#include "base/mem.h"
#include "vol/runs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct filter_settings settings_of(const struct filter_request *r)
{
    return (struct filter_settings){r->own ? r->own : r->filter->defaults, &r->image.family};
}

bool filter_names(const struct filter_request *request, int dims, struct str_list *out,
                  struct err *e)
{
    const struct filter_settings s = settings_of(request);
    return request->filter->names(&s, dims, out, e) && str_list_ok(out, e);
}

void filter_halo(const struct filter_request *request, const struct grid *g, int64_t voxels[3])
{
    const struct filter_settings s = settings_of(request);
    request->filter->halo(g, &s, voxels);
}

struct bank {
    const struct roi_view *view;
    const struct filter_request *request;
    int n, at;           /* requests, and the index of the current one */
    struct box box;      /* ROI box + margin, inside the image */
    const uint8_t *mask; /* of box */
    uint8_t *own_mask;   /* the same, when it differs from the view's mask */
    bool inside_only;
    double *value;             /* of box: the one response in memory */
    double max_abs;            /* < 0: not yet known */
    const struct filter *open; /* the filter of the current request, or NULL */
    struct str_list names;     /* of its responses */
    void *state;               /* its private state */
};

static bool is_larger(const struct box *a, const struct box *b)
{
    return box_voxels(a) > box_voxels(b);
}

/* The view's mask, which covers the ROI box, placed in the larger box. */
static void place_mask(const struct roi_view *view, const struct box *b, uint8_t *mask)
{
    const struct box *roi = &view->intensity.box;
    const int64_t *n = roi->size;
    for (int64_t k = 0; k < n[2]; k++) {
        for (int64_t j = 0; j < n[1]; j++) {
            int64_t z = roi->lo[2] - b->lo[2] + k, y = roi->lo[1] - b->lo[1] + j;
            int64_t x = roi->lo[0] - b->lo[0];
            memcpy(mask + (z * b->size[1] + y) * b->size[0] + x,
                   view->intensity.in + (k * n[1] + j) * n[0], (size_t)n[0]);
        }
    }
}

bool bank_create(const struct roi_view *view, const struct filter_request *requests, int n,
                 int64_t margin, struct bank **out, struct err *e)
{
    struct box box = view->intensity.box;
    for (int a = 0; a < 3; a++)
        box = box_grown(&box, a, margin, view->image.grid.size[a]);
    /* kernels read their neighbourhood */
    return bank_create_on(view, requests, n, &box, margin == 0, out, e);
}

bool bank_create_on(const struct roi_view *view, const struct filter_request *requests, int n,
                    const struct box *box, bool inside_only, struct bank **out, struct err *e)
{
    struct bank *b = mem_array(1, sizeof *b, e);
    if (!b)
        return false;
    *b = (struct bank){.view = view,
                       .request = requests,
                       .n = n,
                       .box = *box,
                       .inside_only = inside_only,
                       .max_abs = -1};
    size_t voxels = (size_t)box_voxels(&b->box);
    if (is_larger(&b->box, &view->intensity.box))
        b->own_mask = mem_big(voxels, 1, e);
    b->mask = is_larger(&b->box, &view->intensity.box) ? b->own_mask : view->intensity.in;
    b->value = b->mask ? mem_big(voxels, sizeof *b->value, e) : NULL;
    if (!b->value) {
        bank_destroy(b);
        return false;
    }
    if (b->own_mask)
        place_mask(view, &b->box, b->own_mask);
    *out = b;
    return true;
}

static void close_filter(struct bank *b)
{
    if (b->open)
        b->open->close(b->state);
    b->open = NULL;
    str_list_free(&b->names);
}

static bool open_filter(struct bank *b, struct err *e)
{
    const struct filter_request *r = &b->request[b->at];
    const struct filter_input in = {b->view, settings_of(r), b->box,
                                    b->mask, b->inside_only, &b->max_abs};
    b->names.may_fail = true;
    if (!filter_names(r, b->view->image.grid.dims, &b->names, e) ||
        !r->filter->open(&in, &b->state, e)) {
        str_list_free(&b->names);
        return false;
    }
    b->open = r->filter;
    return true;
}

/* Fills the members of a response that filters do not. */
static void complete_response(const struct bank *b, struct response *out)
{
    snprintf(out->name, sizeof out->name, "%s", b->names.item[out->index]);
    out->request = b->at;
    if (!out->value)
        out->value = b->value;
    out->mask = b->mask;
    out->filtered = !b->open->changes_nothing;
    out->n_voxels = b->view->intensity.n_voxels;
}

bool bank_next(struct bank *b, struct response *out, const struct image_settings **settings,
               bool *more, struct err *e)
{
    for (; b->at < b->n; close_filter(b), b->at++) {
        const struct filter_request *r = &b->request[b->at];
        if (!b->open && !open_filter(b, e))
            return err_wrap(e, "image type %s", r->filter->name);
        *out = (struct response){.grid = grid_crop(&b->view->image.grid, &b->box), .box = b->box};
        if (!r->filter->next(b->state, out, b->value, more, e))
            return err_wrap(e, "image type %s", r->filter->name);
        if (*more) {
            complete_response(b, out);
            *settings = &r->image;
            return true;
        }
    }
    *more = false;
    return true;
}

void bank_gather(struct bank *b, struct response *r, double *to)
{
    to = to ? to : b->value;
    runs_gather(r->value, b->mask, box_voxels(&b->box), to);
    r->sample = to;
    r->value = NULL;
}

const char *bank_current(const struct bank *b)
{
    return b->request[b->at].filter->name;
}

void bank_destroy(struct bank *b)
{
    if (!b)
        return;
    close_filter(b);
    mem_big_free(b->own_mask);
    mem_big_free(b->value);
    free(b);
}
