#include "engine/shape_gate.h"

#include <string.h>

bool shape_gate(const struct family *f, const struct roi_view *view, const struct settings *s,
                const char **why)
{
    bool flat = view->image.grid.dims == 2;
    if (strcmp(f->name, "shape") == 0) {
        *why = "the mask has two axes";
        return !flat;
    }
    if (flat)
        return true;
    if (!s->force_2d) {
        *why = "the mask has three axes and force2D is off";
        return false;
    }
    /* pyradiomics looks at entry force2Ddimension of a size in x, y, z order, although the setting
     * counts z, y, x; what passes here must still be one voxel thick along the right axis */
    *why = "the size of the ROI at force2Ddimension is 1";
    return view->roi.size[s->force_2d_dimension] != 1;
}
