/* NRRD: the grid by the header alone, and header and voxels of a file. Data files that a header
 * names are looked for in a folder that holds nothing else. */
#include "fuzz.h"

#include "io/nrrd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A grid must have passed the gate, and a refusal must have a reason. */
static void check_grid(const struct grid *g)
{
    struct grid again = *g;
    if (!grid_settle(&again, NULL) || memcmp(&again, g, sizeof again) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const char *path = fuzz_named_file("fuzz.nrrd", data, n);
    struct err e = {0};
    struct grid g;
    struct volume v;
    bool detached;
    char *header = nrrd_header_text(path, &e);
    if (header ? !nrrd_header_grid(header, &g, &detached, &e) : e.code != ERR_REFUSED) {
        if (e.code != ERR_REFUSED || !e.text[0])
            abort();
    } else if (header) {
        check_grid(&g);
    }
    free(header);
    e = (struct err){0};
    if (nrrd_read(path, &v, &e)) {
        check_grid(&v.grid);
        volume_get(&v, grid_voxels(&v.grid) * v.channels - 1);
        volume_free(&v);
    } else if (!e.text[0]) {
        abort();
    }
    return 0;
}
