#include "engine/result/result.h"

#include "base/mem.h"

#include <stdlib.h>

static bool reserve(struct result *r, size_t more, struct err *e)
{
    size_t room = 2 * (r->n + more);
    if (r->n + more <= r->room)
        return true;
    struct result_value *item = mem_resize(r->item, room, sizeof *item, e);
    if (!item)
        return false;
    r->item = item;
    r->room = room;
    return true;
}

bool result_add(struct result *out, const struct params *p, const struct response *response, int r,
                const char *aggregation, const struct fvalue *value, struct err *e)
{
    const struct class_request *request = &p->request[r];
    const char *image;
    size_t column = columns_of(&out->columns, p, response, r, &image);
    if (!reserve(out, (size_t)request->n, e))
        return false;
    for (int i = 0; i < request->n; i++) {
        const struct feature *f = family_row(request->family, request->feature[i]);
        bool gone = f->status == FEATURE_GONE;
        out->item[out->n++] = (struct result_value){
            .image = image,
            .family = request->family,
            .feature = f,
            .aggregation = aggregation,
            .column = gone ? -1 : (ptrdiff_t)column,
            .value = value[request->feature[i]],
        };
        column += !gone;
    }
    return true;
}

void result_free(struct result *r)
{
    columns_free(&r->columns);
    free(r->item);
    free(r->log);
    *r = (struct result){0};
}
