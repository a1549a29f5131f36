/* Names of labels: Caret XML, and the header of a 3D Slicer NRRD, from text and from a file; and
 * the grid that such a header describes. */
#include "fuzz.h"

#include "masks/label_names.h"
#include "masks/nrrd_grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A grid must be one (vol/grid.h), and a refusal must have a reason. */
static void check_grid(const char *header)
{
    struct grid g;
    struct err e = {0};
    double inverse[9];
    nrrd_is_detached(header);
    if (!nrrd_grid(header, &g, &e)) {
        if (e.code != ERR_REFUSED || !e.text[0])
            abort();
        return;
    }
    if (!grid_inverse(&g, inverse))
        abort();
    for (int a = 0; a < 3; a++)
        if (g.size[a] < 1 || g.size[a] > INT32_MAX || !(g.spacing_mm[a] > 0) ||
            !isfinite(g.spacing_mm[a]) || !isfinite(g.origin_mm[a]))
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct label_names names = {0};
    struct err e = {0};
    char *text = malloc(n + 1);
    if (!text)
        return 0;
    memcpy(text, data, n);
    text[n] = '\0';
    label_names_caret(text, &names);
    label_names_slicer(text, &names);
    check_grid(text);
    free(text);
    char *header = label_nrrd_header(fuzz_file(data, n), &e);
    if (header) {
        label_names_slicer(header, &names);
        check_grid(header);
    } else if (e.code != ERR_REFUSED || !e.text[0]) {
        abort(); /* a refusal must have a reason */
    }
    free(header);
    label_names_free(&names);
    return 0;
}
