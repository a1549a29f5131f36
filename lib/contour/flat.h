/* The contours of a region, brought from patient space into the plane of the slices (private to
 * the room). */
#ifndef RADMILL_CONTOUR_FLAT_H
#define RADMILL_CONTOUR_FLAT_H

#include "contour/fill.h"

/* A closed contour in index space. */
struct flat {
    double *xy;       /* 2 * n: coordinates along flat_axes */
    size_t n;         /* >= 3 distinct neighbours */
    double at;        /* position along the normal, in slices */
    double spread[3]; /* per index axis: highest minus lowest */
    double middle[3]; /* per index axis: mean of the points */
    size_t order;     /* its position in the structure set */
};

struct flat_list {
    struct flat *item; /* sorted by position, then order */
    size_t n;
    int axis; /* index axis along the slice normal */
};

/* The two axes of the plane across `axis`, the faster one first. */
void flat_axes(int axis, int in_plane[2]);

/* Those contours that can be filled; the others are counted in the report. Release with
 * flat_free, also after an error. Error: out of memory; ERR_REFUSED: the grid is singular. */
bool flat_gather(const struct contour *contour, size_t n, const struct grid *g,
                 struct flat_list *list, struct fill_report *report, struct err *e);
void flat_free(struct flat_list *list);

#endif
