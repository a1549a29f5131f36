#include "engine/result/columns.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char shape_image[] = "original"; /* shape is that of the mask, whatever the image */

void column_name(struct str *out, const struct column *c)
{
    str_addf(out, "%s_%s_%s", c->image, c->family->name, c->feature->name);
    if (c->family->named_by_aggregation)
        str_addf(out, "_%s", c->aggregation);
}

static int place_of(const struct str_list *images, const char *name)
{
    for (size_t i = 0; i < images->n; i++)
        if (strcmp(images->item[i], name) == 0)
            return (int)i;
    return -1;
}

/* The distinct names of all responses, and which of them each response has. */
static bool list_images(const struct params *p, int dims, struct columns *c, struct err *e)
{
    c->images.may_fail = true;
    c->first_response = mem_array((size_t)p->n_image_types + 1, sizeof *c->first_response, e);
    bool ok = c->first_response != NULL;
    int n = 0;
    for (int t = 0; ok && t < p->n_image_types; t++) {
        struct str_list names = STR_MAY_FAIL;
        ok = filter_names(&p->image_type[t], dims, &names, e) && str_list_ok(&names, e);
        int *more = ok ? mem_resize(c->image, (size_t)n + names.n + 1, sizeof *more, e) : NULL;
        c->image = more ? more : c->image;
        ok = more != NULL;
        c->first_response[t] = n;
        for (size_t i = 0; ok && i < names.n; i++) {
            if (place_of(&c->images, names.item[i]) < 0)
                str_list_add(&c->images, names.item[i]);
            c->image[n++] = place_of(&c->images, names.item[i]);
        }
        str_list_free(&names);
    }
    if (ok)
        c->first_response[p->n_image_types] = n;
    return ok && str_list_ok(&c->images, e);
}

/* The image type that an image comes from: the first that has a response of its name. */
static const struct filter_request *request_of(const struct params *p, const struct columns *c,
                                               int image)
{
    int t = 0, n = 0;
    while (c->image[n] != image)
        n++;
    while (t + 1 < p->n_image_types && c->first_response[t + 1] <= n)
        t++;
    return &p->image_type[t];
}

static bool add_class(struct columns *c, const char *image, const struct class_request *r,
                      const struct family_settings *s, struct err *e)
{
    struct column *more = mem_resize(c->item, c->n + (size_t)r->n + 1, sizeof *more, e);
    if (!more)
        return false;
    c->item = more;
    struct aggregation a = r->aggregation ? *r->aggregation : family_aggregation(r->family, s);
    for (int i = 0; i < r->n; i++) {
        const struct feature *f = family_row(r->family, r->feature[i]);
        if (f->status != FEATURE_GONE)
            c->item[c->n++] = (struct column){image, r->family, f, a.code};
    }
    return true;
}

static bool add_shapes(const struct params *p, int dims, struct columns *c, struct err *e)
{
    const struct family_settings *s = &p->settings.image.family;
    size_t *first = c->first + c->images.n * (size_t)p->n_requests;
    for (int i = 0; i < p->n_requests; i++) {
        const struct family *f = p->request[i].family;
        first[i] = c->n;
        if (f->tap == TAP_SHAPE && (!f->applies || f->applies(s, dims)) &&
            !add_class(c, shape_image, &p->request[i], s, e))
            return false;
    }
    return true;
}

static bool add_image(const struct params *p, size_t image, struct columns *c, struct err *e)
{
    const struct filter_request *type = request_of(p, c, (int)image);
    for (int i = 0; i < p->n_requests; i++) {
        c->first[image * (size_t)p->n_requests + (size_t)i] = c->n;
        if (p->request[i].family->tap != TAP_SHAPE &&
            !add_class(c, c->images.item[image], &p->request[i], &type->image.family, e))
            return false;
    }
    return true;
}

bool columns_create(const struct params *p, int dims, struct columns *out, struct err *e)
{
    *out = (struct columns){0};
    if (!list_images(p, dims, out, e))
        return false;
    out->first = mem_array((out->images.n + 1) * (size_t)p->n_requests + 1, sizeof *out->first, e);
    bool ok = out->first && add_shapes(p, dims, out, e);
    for (size_t i = 0; ok && i < out->images.n; i++)
        ok = add_image(p, i, out, e);
    return ok;
}

void columns_free(struct columns *c)
{
    str_list_free(&c->images);
    free(c->item);
    free(c->image);
    free(c->first_response);
    free(c->first);
    *c = (struct columns){0};
}

size_t columns_of(const struct columns *c, const struct params *p, const struct response *response,
                  int r, const char **image)
{
    size_t row = c->images.n;
    *image = shape_image;
    if (response) {
        row = (size_t)c->image[c->first_response[response->request] + response->index];
        *image = c->images.item[row];
    }
    return c->first[row * (size_t)p->n_requests + (size_t)r];
}
