#include "engine/features/shape_gate.h"

bool shape_applies(const struct family_settings *s, int dims)
{
    (void)s;
    return dims == 3;
}

bool shape_gate(const struct roi_view *view, const struct family_settings *s, const char **why)
{
    *why = "the mask has two axes";
    return shape_applies(s, view->image.grid.dims);
}

bool flat_shape_applies(const struct family_settings *s, int dims)
{
    return dims == 2 || s->force_2d;
}

bool flat_shape_gate(const struct roi_view *view, const struct family_settings *s, const char **why)
{
    if (view->image.grid.dims == 2)
        return true;
    if (!s->force_2d) {
        *why = "the mask has three axes and force2D is off";
        return false;
    }
    /* pyradiomics looks at entry force2Ddimension of a size in x, y, z order, although the setting
     * counts z, y, x; what passes here must still be one voxel thick along the right axis */
    *why = "the size of the ROI at force2Ddimension is 1";
    return view->intensity.box.size[s->force_2d_dimension] != 1;
}
