#include "base/mem.h"
#include "engine/features/intensity_peak.h"
#include "engine/features/morphology.h"

#include <math.h>

/* The ROI's box with everything that a sphere around its voxels reaches and the image has. */
static struct box with_spheres(const struct roi_view *view)
{
    const struct grid *g = &view->image.grid;
    struct box b = view->intensity.box;
    for (int a = 0; a < g->dims; a++) {
        int64_t reach = (int64_t)ceil(INTENSITY_PEAK_RADIUS_MM / g->spacing_mm[a]);
        b = box_grown(&b, a, reach, g->size[a]);
    }
    return b;
}

bool local_intensity_measure(const struct family *self, const struct family_input *in,
                             const bool *wanted, struct fvalue *out, struct err *e)
{
    const struct roi_view *view = in->view;
    struct intensity_peaks peaks;
    struct box box = with_spheres(view);
    size_t n = (size_t)box_voxels(&box);
    double *value = mem_big(n, sizeof *value, e);
    uint8_t *mask = mem_big(n, 1, e);
    bool good = value && mask;
    if (good) {
        volume_read_box(&view->image, &box, value);
        label_mask_read(&view->intensity, &box, mask);
        good = intensity_peaks_find(value, mask, box.size, view->image.grid.spacing_mm, &peaks, e);
    }
    mem_big_free(value);
    mem_big_free(mask);
    if (good)
        fields_deliver(self, &peaks, "the ROI has no finite value", wanted, out);
    return good;
}
