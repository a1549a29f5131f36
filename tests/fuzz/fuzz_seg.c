/* Segmentations: every frame's place and pixels, and the volume of every segment. */
#include "fuzz.h"

#include "base/mem.h"
#include "masks/seg_grid.h"

#include <stdlib.h>

static void look(const struct seg *s, int64_t segment)
{
    struct grid g;
    uint8_t *voxel, *row = calloc((size_t)s->columns, 1);
    char reason[512] = "";
    struct err e = {0};
    for (size_t f = 0; row && f < s->frames && f < 8; f++)
        seg_is_empty(s, f, segment, row);
    free(row);
    if (s->rows * s->columns < 4096 &&
        seg_volume(s, segment, &g, &voxel, reason, sizeof reason, &e))
        mem_big_free(voxel);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct seg s;
    struct err e = {0};
    if (!seg_read(fuzz_file(data, n), true, &s, &e)) {
        if (!e.text[0])
            abort(); /* a refusal must have a reason */
        return 0;
    }
    struct grid g = grid_unit();
    for (int a = 0; a < 3; a++)
        g.size[a] = 8;
    for (size_t i = 0; i < s.segments && i < 8; i++) {
        struct seg_place place;
        char text[512];
        look(&s, s.segment[i].number);
        seg_explain(&s, s.segment[i].number, &g, text, sizeof text);
        for (size_t f = 0; f < s.frames && f < 64; f++)
            seg_find_place(&s, f, &g, &place);
    }
    seg_free(&s);
    return 0;
}
