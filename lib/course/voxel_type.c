#include "course/voxel_type.h"

#include <math.h>
#include <string.h>

static bool is_whole(double x)
{
    return x == floor(x) && fabs(x) <= 1e9;
}

/* Integer volumes: every slope and intercept is a whole number, and there is no other factor. */
static bool wants_float(const struct series *s, const double *factor)
{
    for (size_t k = 0; k < s->planes; k++) {
        const struct dicom_header *h = &s->file[s->plane[k].source]->header;
        const struct dicom_frame *f = &h->frame[s->plane[k].frame];
        if (h->sample != DICOM_SAMPLE_INT || !is_whole(f->slope) || !is_whole(f->intercept) ||
            (factor && factor[s->plane[k].source] != 1))
            return true;
    }
    return false;
}

static bool wants_double(const struct series *s)
{
    for (size_t i = 0; i < s->files; i++)
        if (s->file[i]->header.sample == DICOM_SAMPLE_F64)
            return true;
    return false;
}

size_t voxel_types(const struct series *s, const double *factor, enum pixel_type out[3])
{
    static const enum pixel_type whole[] = {PIXEL_I16, PIXEL_I32, PIXEL_F64},
                                 real[] = {PIXEL_F32, PIXEL_F64};
    const bool is_real = wants_float(s, factor);
    const size_t skipped = is_real && wants_double(s), n = (is_real ? 2 : 3) - skipped;
    memcpy(out, (is_real ? real : whole) + skipped, n * sizeof *out);
    return n;
}
