/* NRRD and MetaImage volumes through the plugin; the first byte says which. ITK knows more formats,
 * whose libraries are not ours to fuzz: one named .nrrd must at least begin like an NRRD. */
#include "fuzz.h"

#include "shim/foreign.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct volume v;
    struct err e = {0};
    if (!n)
        return 0;
    const char *name = data[0] & 1 ? "fuzz.mha" : "fuzz.nrrd";
    if (!(data[0] & 1) && (n < 5 || memcmp(data + 1, "NRRD", 4) != 0))
        return 0;
    if (foreign_volume_read(fuzz_named_file(name, data + 1, n - 1), &v, &e)) {
        volume_get(&v, grid_voxels(&v.grid) * v.channels - 1);
        volume_free(&v);
    } else if (!e.text[0]) {
        abort(); /* a refusal must have a reason */
    }
    return 0;
}
