/* Volumes through the plugin. The first byte chooses the ending, which MetaImage goes by. */
#include "fuzz.h"

#include "shim/foreign.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct volume v;
    struct err e = {0};
    if (!n)
        return 0;
    const char *name = data[0] & 1 ? "fuzz.mha" : "fuzz.nrrd";
    if (foreign_volume_read(fuzz_named_file(name, data + 1, n - 1), &v, &e)) {
        volume_get(&v, grid_voxels(&v.grid) * v.channels - 1);
        volume_free(&v);
    } else if (!e.text[0]) {
        abort(); /* a refusal must have a reason */
    }
    return 0;
}
