#include "engine/params/requests.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static int number_of(const struct profile *p, const struct filter *f)
{
    int i = 0;
    while (p->filters[i] != f)
        i++;
    return i;
}

bool builder_add_image_type(struct builder *b, const struct filter *f, struct scope *s, bool voxel)
{
    struct params *p = b->p;
    int filter = number_of(p->profile, f);
    if (!builder_null_serves(b, s, filter, voxel))
        return false;
    struct filter_request *more =
        mem_resize(p->image_type, (size_t)p->n_image_types + 1, sizeof *more, b->e);
    if (!more)
        return false;
    p->image_type = more;
    more[p->n_image_types++] = (struct filter_request){f, s->own[filter], s->settings.image};
    void *own = s->own[filter];
    s->own[filter] = NULL;
    return owner_take(&p->owner, own, b->e);
}

static bool is_shape(const struct family *f)
{
    return f->tap == TAP_SHAPE;
}

struct class_request *builder_add_class(struct params *p, const struct family *f, struct err *e)
{
    struct class_request *more = mem_resize(p->request, (size_t)p->n_requests + 1, sizeof *more, e);
    if (!more)
        return NULL;
    p->request = more;
    int *feature = mem_array((size_t)f->n_features, sizeof *feature, e);
    bool *wanted = mem_array((size_t)f->n_features, sizeof *wanted, e);
    if (!feature || !wanted) {
        free(feature);
        free(wanted);
        return NULL;
    }
    int at = p->n_requests++;
    for (; is_shape(f) && at > 0; at--) {
        const struct family *before = p->request[at - 1].family;
        if (is_shape(before) && strcmp(before->name, f->name) < 0)
            break;
        p->request[at] = p->request[at - 1];
    }
    p->request[at] = (struct class_request){.family = f, .feature = feature, .wanted = wanted};
    return &p->request[at];
}

void class_want(struct class_request *r, int feature)
{
    if (r->wanted[feature])
        return;
    r->wanted[feature] = true;
    r->feature[r->n++] = feature;
}

void class_want_all(struct class_request *r)
{
    for (int i = 0; i < r->family->n_features; i++)
        if (family_row(r->family, i)->status == FEATURE_CURRENT)
            class_want(r, i);
}
