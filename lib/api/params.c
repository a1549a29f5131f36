/* Parameters, and the release of the library. */
#include "api/call.h"

#include "base/mem.h"

#include "version.h"

#include <stdlib.h>

const char *radmill_version(void)
{
    return RADMILL_VERSION;
}

int radmill_interface(void)
{
    return RADMILL_INTERFACE;
}

bool radmill_params_create(const struct radmill_source *given, struct radmill_params **out,
                           struct radmill_error *e)
{
    struct err why = {0};
    struct radmill_source in;
    api_read(&in, given, sizeof in);
    const struct params_source source = {
        .profile = in.profile,
        .path = in.file,
        .preset = in.preset,
        .text = in.text,
        .setting = in.overrides,
        .n_settings = in.n_overrides,
        .voxel = in.voxel_mode,
    };
    *out = NULL;
    struct radmill_params *p = mem_array(1, sizeof *p, &why);
    if (p && params_create(&source, &p->p, &why)) {
        *out = p;
        return true;
    }
    free(p);
    return api_fail(e, &why);
}

void radmill_params_destroy(struct radmill_params *p)
{
    if (!p)
        return;
    params_destroy(p->p);
    free(p);
}
