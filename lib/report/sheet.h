/* The pictures of a course: each region in its axial, coronal and sagittal plane of largest
 * cross-section, side by side in one picture of 3 * VIEW_PIXELS by VIEW_PIXELS.
 *
 * The image and the masks are those that the features are computed from. A contour is the mask's
 * own border: the voxels shown are the nearest ones, and a pixel belongs to the contour when it is
 * inside the mask and a neighbour is not. The region's own contour is two pixels thick; those of
 * the other regions are dotted. */
#ifndef RADMILL_REPORT_SHEET_H
#define RADMILL_REPORT_SHEET_H

#include "report/png.h"
#include "report/view.h"
#include "vol/label_mask.h"
#include "vol/volume.h"

enum { SHEET_BINS = 48 };

/* Kinds of sources, each with its colour. */
enum sheet_kind { SHEET_MANUAL, SHEET_AUTO, SHEET_CUSTOM, SHEET_OTHER, SHEET_KINDS };
struct sheet_colour {
    const char *what; /* "Manual", ... */
    uint8_t rgb[3];
};
extern const struct sheet_colour sheet_colours[SHEET_KINDS];
enum sheet_kind sheet_kind_of(const char *source);

struct sheet_region {
    const char *source; /* borrowed; decides the colour */
    struct label_mask mask;
};

/* Palette entries: greys, then one colour a kind. */
enum { SHEET_GREYS = 240, SHEET_FIRST_COLOUR = SHEET_GREYS };

/* The views of a region: through the largest cross-section along each axis. *field_mm: their
 * width. The mask holds a voxel. */
void sheet_views(const struct label_mask *m, struct view view[VIEW_PLANES], double *field_mm);

/* Grey values from lo to hi. */
struct sheet_window {
    const char *name; /* "soft tissue", ...; static */
    double lo, hi;
};

/* The window of a region by modality: CT soft tissue, lung or bone by the median inside; others the
 * percentiles 1 and 99.5 of the image. */
struct sheet_window sheet_window_for(const struct volume *image, const char *modality,
                                     double median);

/* What is inside a region. */
struct sheet_values {
    double min, mean, median, max, lo,
        hi;                  /* lo, hi: the range of the bins (percentiles 0.5, 99.5) */
    int64_t bin[SHEET_BINS]; /* voxels; those beyond the range are in the end bins */
};
bool sheet_measure(const struct volume *image, const struct label_mask *m, struct sheet_values *out,
                   struct err *e);

/* The picture of region `which` of n; picture->index is new. */
bool sheet_draw(const struct volume *image, const struct sheet_region *region, size_t n,
                size_t which, const struct sheet_window *window, struct picture *picture,
                struct err *e);

#endif
