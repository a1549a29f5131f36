/* The region that benchmarks measure: a ball with a smooth field and noise, as image, masks and
 * grey levels at once. */
#ifndef RADMILL_BENCH_SCENE_H
#define RADMILL_BENCH_SCENE_H

#include "engine/discretise/levels.h"
#include "engine/preprocess/roi_view.h"

struct scene {
    struct levels levels;     /* of the response's box: the ball's and five voxels around it */
    struct response response; /* with its sample */
    struct roi_view view;     /* both masks are the ball; the image is the box, int16 */
    int16_t *image;           /* the voxels of all of these */
    uint8_t *mask, *tight;
    double *sample;
};

/* A ball of `radius` voxels in `levels` levels. Lives in s until scene_free. */
bool scene_make(struct scene *s, int radius, int levels, struct err *e);
void scene_free(struct scene *s);

/* Seconds of processor time of this process. */
double scene_seconds(void);

#endif
