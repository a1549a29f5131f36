#include "fuzz.h"

#include "base/mem.h"
#include "io/nii.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct volume v;
    struct grid g;
    struct err e = {0};
    const char *path = fuzz_file(data, n);
    if (nii_read(path, &v, &e)) {
        int64_t n_voxels = grid_voxels(&v.grid) * v.channels;
        volume_get(&v, 0);
        volume_get(&v, n_voxels - 1);
        volume_free(&v);
    } else if (!e.text[0]) {
        abort(); /* a refusal must have a reason */
    }
    nii_exact_grid(path, &g, &e);
    free(nii_extension_text(path, 4, &e));
    return 0;
}
