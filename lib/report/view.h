/* How a plane of a volume is laid out for the eye: which index axes run across and down a square
 * panel, and which way, so that the patient stands as radiologists expect (his left at the right,
 * front on top in axial planes, head on top in the others). Planes are planes of voxels: those of
 * an oblique series carry the names of the anatomical planes that they are nearest to. */
#ifndef RADMILL_REPORT_VIEW_H
#define RADMILL_REPORT_VIEW_H

#include "vol/grid.h"

enum view_plane { VIEW_AXIAL, VIEW_CORONAL, VIEW_SAGITTAL, VIEW_PLANES };
extern const char *const view_plane_names[VIEW_PLANES];

enum { VIEW_PIXELS = 288, VIEW_LETTERS = 8 };

struct view {
    int across, down, through;       /* index axes, 0..2 */
    double step_across, step_down;   /* voxels per pixel, with sign */
    double first_across, first_down; /* continuous index of the centre of the first pixel */
    int64_t slice;                   /* index along `through` */
};

/* The view of a plane through voxel slice[through], as wide as field_mm, centred on the continuous
 * index `centre`. */
struct view view_make(const struct grid *g, enum view_plane plane, const int64_t slice[3],
                      const double centre[3], double field_mm);

/* Where the sides of a panel lie: "R", "LA", ... */
struct view_letters {
    char left[VIEW_LETTERS], right[VIEW_LETTERS], top[VIEW_LETTERS], bottom[VIEW_LETTERS];
};
struct view_letters view_letters(const struct view *v, const struct grid *g);

#endif
