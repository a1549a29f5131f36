/* maps IMAGE MASK [RADIUS [REPEATS]]: microseconds of processor time per ROI voxel that the maps of
 * every class take, once with voxelBatch as it is by default (in one batch of a ragged ROI glcm's
 * MCC has no values and is not measured) and once with voxelBatch 1, where it is. Medians over
 * REPEATS; without reading, preprocessing and writing. */
#include "base/num.h"
#include "engine/files/load_files.h"
#include "engine/params/params.h"
#include "engine/voxel/voxel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_CLASSES = 16, MOST_REPEATS = 101 };

struct watch {
    int n; /* classes that have begun */
    const char *class[MOST_CLASSES];
    double start[MOST_CLASSES + 1]; /* the last: the end */
};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool note(void *user, size_t done, size_t all, const char *image, const char *family)
{
    struct watch *w = user;
    (void)done, (void)all, (void)image;
    w->class[w->n] = family;
    w->start[w->n++] = seconds();
    return w->n < MOST_CLASSES;
}

static bool drop(void *user, int64_t number, const struct column *column, const struct volume *map,
                 struct err *e)
{
    (void)user, (void)number, (void)column, (void)map, (void)e;
    return true;
}

/* The maps of one case, once; returns the voxels of its ROI, 0 after an error. */
static int64_t run(const struct params *p, const struct load_request *files, struct watch *w,
                   struct err *e)
{
    struct rcase c = {0};
    const struct observer observer = {w, note};
    const struct voxel_sink sink = {.take = drop};
    int64_t n = 0;
    w->n = 0;
    if (load_case(files, &p->settings.load, NULL, &c, e)) {
        n = c.mask.n_voxels;
        if (!voxel_measure(p, &c, NULL, &observer, &sink, e))
            n = 0;
        w->start[w->n] = seconds();
    }
    rcase_free(&c);
    return n;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *x, int n)
{
    qsort(x, (size_t)n, sizeof *x, ascending);
    return n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

static bool measure(const struct load_request *files, const char *const setting[], size_t n,
                    int repeats, struct err *e)
{
    static double taken[MOST_CLASSES][MOST_REPEATS];
    struct watch w = {0};
    struct params *p;
    double sum = 0;
    const struct params_source source = {.setting = setting, .n_settings = n, .voxel = true};
    if (!params_create(&source, &p, e))
        return false;
    int64_t voxels = 1;
    for (int r = 0; voxels && r < repeats; r++) {
        voxels = run(p, files, &w, e);
        for (int k = 0; voxels && k < w.n; k++)
            taken[k][r] = 1e6 * (w.start[k + 1] - w.start[k]) / (double)voxels;
    }
    printf("%s %s:", setting[0], n > 2 ? setting[2] : "one batch");
    for (int k = 0; voxels && k < w.n; k++) {
        double t = median(taken[k], repeats);
        sum += t;
        printf("  %s %.2f", w.class[k], t);
    }
    printf("  all %.2f us a voxel\n", sum);
    params_destroy(p);
    return voxels != 0;
}

int main(int argc, char **argv)
{
    struct err e = {0};
    int radius = argc > 3 ? atoi(argv[3]) : 0, repeats = argc > 4 ? atoi(argv[4]) : 5;
    if (argc < 3 || repeats < 1 || repeats > MOST_REPEATS) {
        fputs("usage: maps IMAGE MASK [RADIUS [REPEATS]]\n", stderr);
        return 2;
    }
    const struct load_request files = {argv[1], argv[2], NULL};
    for (int r = radius ? radius : 1; r <= (radius ? radius : 3); r++)
        for (size_t n = 2; n <= 3; n++) {
            char text[32];
            snprintf(text, sizeof text, "kernelRadius=%d", r);
            const char *const setting[] = {text, "additionalInfo=false", "voxelBatch=1"};
            if (!measure(&files, setting, n, repeats, &e)) {
                fprintf(stderr, "maps: %s\n", e.text);
                return 1;
            }
        }
    return 0;
}
