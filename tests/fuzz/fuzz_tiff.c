/* TIFF through the plugin: libtiff where the samples are plain numbers, ITK for the rest. */
#include "fuzz.h"

#include "shim/foreign.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct volume v;
    struct err e = {0};
    if (n < 8 || (memcmp(data, "II*\0", 4) != 0 && memcmp(data, "MM\0*", 4) != 0))
        return 0; /* ITK knows more formats, whose libraries are not ours to fuzz */
    if (foreign_volume_read(fuzz_named_file("fuzz.tif", data, n), &v, &e)) {
        volume_get(&v, grid_voxels(&v.grid) * v.channels - 1);
        volume_free(&v);
    } else if (!e.text[0]) {
        abort(); /* a refusal must have a reason */
    }
    return 0;
}
