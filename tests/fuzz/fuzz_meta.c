/* MetaImage: header and voxels of a file. Data files that a header names are looked for in a folder
 * that holds nothing else. */
#include "fuzz.h"

#include "io/meta.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct volume v;
    struct err e = {0};
    if (meta_read(fuzz_named_file("fuzz.mha", data, n), &v, &e)) {
        struct grid again = v.grid;
        if (!grid_settle(&again, NULL) || memcmp(&again, &v.grid, sizeof again) != 0)
            abort(); /* it did not pass the gate */
        volume_get(&v, grid_voxels(&v.grid) * v.channels - 1);
        volume_free(&v);
    } else if (!e.text[0]) {
        abort(); /* a refusal must have a reason */
    }
    return 0;
}
