#include "engine/rows/columns.h"

void column_name(struct str *out, const char *response, const struct family *family, int feature)
{
    str_addf(out, "%s_%s_%s", response, family->name, family_row(family, feature)->name);
}

bool column_applies(const struct params *p, const struct family *family, int dims)
{
    return !family->applies || family->applies(&p->settings.image.family, dims);
}

static void add_class(const char *response, const struct class_request *r, struct str_list *out)
{
    for (int i = 0; i < r->n; i++) {
        struct str name = {0};
        if (family_row(r->family, r->feature[i])->status == FEATURE_GONE)
            continue;
        column_name(&name, response, r->family, r->feature[i]);
        str_list_add(out, str_text(&name));
        str_free(&name);
    }
}

bool columns_list(const struct params *p, int dims, struct str_list *out, struct err *e)
{
    for (int i = 0; i < p->n_requests; i++)
        if (p->request[i].family->tap == TAP_SHAPE && column_applies(p, p->request[i].family, dims))
            add_class("original", &p->request[i], out);
    return columns_of_maps(p, dims, out, e);
}

bool columns_of_maps(const struct params *p, int dims, struct str_list *out, struct err *e)
{
    struct str_list responses = {0};
    bool good = true;
    for (int i = 0; good && i < p->n_image_types; i++)
        good = filter_names(&p->image_type[i], dims, &responses, e);
    for (size_t r = 0; good && r < responses.n; r++)
        for (int i = 0; i < p->n_requests; i++)
            if (p->request[i].family->tap != TAP_SHAPE)
                add_class(responses.item[r], &p->request[i], out);
    str_list_free(&responses);
    return good;
}
