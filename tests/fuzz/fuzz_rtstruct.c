/* Structure sets: read, then drawn on a small grid whatever they hold. What the quick reader of
 * plain files finds must be what DCMTK finds. */
#include "fuzz.h"

#include "../gen/same_structures.h"

#include "contour/fill.h"
#include "shim/dicom_rtstruct.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE = 16 };

static void read_both_ways(const char *path)
{
    struct err e = {0};
    struct rtstruct quick, slow;
    if (!rtstruct_read_plainly(path, true, &quick))
        return;
    if (!rtstruct_read_by_dcmtk(path, true, &slow, &e) || !same_structures(&quick, &slow))
        abort();
    rtstruct_free(&quick);
    rtstruct_free(&slow);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static uint8_t voxel[SIDE * SIDE * SIDE];
    struct rtstruct set;
    struct err e = {0};
    const char *path = fuzz_file(data, n);
    read_both_ways(path);
    if (!rtstruct_read(path, true, &set, &e)) {
        if (!e.text[0])
            abort(); /* a refusal must have a reason */
        return 0;
    }
    struct grid g = grid_unit();
    for (int a = 0; a < 3; a++) {
        g.size[a] = SIDE;
        g.spacing_mm[a] = 4;
        g.origin_mm[a] = -32;
    }
    for (size_t i = 0; i < set.rois; i++) {
        struct box touched;
        struct fill_report report;
        memset(voxel, 0, sizeof voxel);
        if (!fill_contours(set.roi[i].contour, set.roi[i].contours, &g, voxel, &touched, &report,
                           &e) &&
            !e.text[0])
            abort();
    }
    rtstruct_free(&set);
    return 0;
}
