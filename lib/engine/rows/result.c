#include "engine/rows/result.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char *intern(struct result *r, const char *response)
{
    if (r->n_responses && strcmp(r->responses[r->n_responses - 1], response) == 0)
        return r->responses[r->n_responses - 1];
    r->responses = mem_grow(r->responses, r->n_responses + 1, sizeof *r->responses);
    r->responses[r->n_responses] = mem_strdup(response);
    return r->responses[r->n_responses++];
}

void result_add(struct result *r, const char *response, const struct class_request *request,
                const struct fvalue *value)
{
    if (r->n + (size_t)request->n > r->room) {
        r->room = 2 * (r->n + (size_t)request->n);
        r->item = mem_grow(r->item, r->room, sizeof *r->item);
    }
    const char *name = intern(r, response);
    for (int i = 0; i < request->n; i++)
        r->item[r->n++] = (struct result_value){name, request->family, request->feature[i],
                                                value[request->feature[i]]};
}

void result_free(struct result *r)
{
    for (size_t i = 0; i < r->n_responses; i++)
        free(r->responses[i]);
    free(r->responses);
    free(r->item);
    free(r->log);
    *r = (struct result){0};
}
