/* Every grid that passes the gate (vol/grid.h), however odd, goes through every filter, the
 * resampling and all classes without harm: a row, or a refusal that says why. What matters is what
 * the sanitizers say of it (tests/house/sanitize.sh). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/str.h"
#include "engine/engine.h"
#include "engine/load/load.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILTERS                                                                                    \
    "imageType: {Original: {}, LoG: {sigma: [0.5, 3.0]}, Wavelet: {}, Square: {}, SquareRoot: "    \
    "{}, Logarithm: {}, Exponential: {}, Gradient: {}, LBP3D: {}}\n"
#define FLAT_FILTERS                                                                               \
    "imageType: {Original: {}, LoG: {sigma: [2]}, LBP2D: {}, Gradient: {gradientUseSpacing: "      \
    "true}}\n"

static const char *const settings[] = {
    FILTERS "setting: {binCount: 8}\n",
    FLAT_FILTERS "setting: {binCount: 8, force2D: true}\n",
    FILTERS "setting: {binCount: 8, resampledPixelSpacing: [1, 1, 1]}\n",
    "setting: {binCount: 8, resampledPixelSpacing: [0, 0, 1e-7], interpolator: sitkLinear}\n",
    ("setting: {binCount: 8, resampledPixelSpacing: [1e9, 0, 0], padDistance: 2, interpolator: "
     "sitkGaussian}\n"),
    "setting: {binCount: 8, correctMask: true, normalize: true}\n",
};

static struct params *params_of(const char *text)
{
    char path[] = "/tmp/radmill-odd-XXXXXX.yaml";
    int fd = mkstemps(path, 5);
    struct err e = {0};
    struct params *p;
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    const struct params_source source = {.path = path};
    if (!params_create(&source, &p, &e))
        fail_msg("%s", e.text);
    remove(path);
    return p;
}

static void add(struct grid *to, size_t *n, struct grid g)
{
    struct err e = {0};
    if (!grid_settle(&g, &e))
        fail_msg("%s", e.text);
    to[(*n)++] = g;
}

/* The limits of the gate, and between them: lengths, sizes, axes, places. */
static size_t odd_grids(struct grid *out)
{
    static const double spacing[][3] = {{GRID_LEAST_MM, GRID_LEAST_MM, GRID_LEAST_MM},
                                        {GRID_MOST_MM, GRID_MOST_MM, GRID_MOST_MM},
                                        {GRID_LEAST_MM, 1, GRID_MOST_MM},
                                        {GRID_MOST_MM, GRID_LEAST_MM, 1},
                                        {1, 2, GRID_LEAST_MM},
                                        {-1, -0.5, -3},
                                        {1e-3, 1e3, 1e-3},
                                        {1e6, 1e-6, -1}};
    static const int64_t size[][3] = {{7, 6, 5}, {6, 5, 1}, {1, 6, 7}, {2, 2, 2}, {40, 4, 4}};
    static const double axes[][9] = {{1, 0, 0, 1, 1e-6, 0, 0, 0, 1},
                                     {1e6, 0, 0, 0, 1e-6, 0, 0, 0, 1},
                                     {0, 0, -1, 0, 1e-6, 0, -1e6, 0, 0},
                                     {1, 1, 1, 0, 1e-2, 1, 0, 0, 1e-2}};
    size_t n = 0;
    struct grid g = grid_unit();
    for (size_t s = 0; s < sizeof size / sizeof *size; s++) {
        memcpy(g.size, size[s], sizeof g.size);
        for (size_t i = 0; i < (s ? 3 : sizeof spacing / sizeof *spacing); i++) {
            memcpy(g.spacing_mm, spacing[i], sizeof g.spacing_mm);
            add(out, &n, g);
        }
    }
    g = grid_unit();
    memcpy(g.size, size[0], sizeof g.size);
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++) {
        memcpy(g.direction, axes[i], sizeof g.direction);
        add(out, &n, g);
        g.origin_mm[i % 3] = i % 2 ? GRID_FARTHEST_MM : -GRID_FARTHEST_MM;
        add(out, &n, g);
    }
    g = (struct grid){.dims = 2, .size = {9, 8, 1}, .spacing_mm = {GRID_MOST_MM, GRID_LEAST_MM, 1}};
    memcpy(g.direction, grid_unit().direction, sizeof g.direction);
    add(out, &n, g);
    return n;
}

/* Would resampling make a grid that may be held, but takes its time? */
static bool takes_long(const struct grid *g, const struct settings *s)
{
    double voxels = 1;
    for (int a = 0; a < s->resample.resampled_pixel_spacing.n && a < g->dims; a++) {
        double wanted = s->resample.resampled_pixel_spacing.item[a];
        voxels *= ceil((double)g->size[a] * (wanted > 0 ? g->spacing_mm[a] / wanted : 1));
    }
    return voxels > 1e5 && voxels < 1e13;
}

/* An image of gentle slopes and a mask of all but its border (where it has one). */
static void make(const struct grid *g, struct volume *image, struct volume *mask)
{
    struct err e = {0};
    assert_true(volume_alloc(image, g, PIXEL_I16, &e) && volume_alloc(mask, g, PIXEL_U8, &e));
    for (int64_t i = 0; i < grid_voxels(g); i++) {
        int64_t x = i % g->size[0], y = i / g->size[0] % g->size[1];
        int64_t z = i / g->size[0] / g->size[1];
        ((int16_t *)image->data)[i] = (int16_t)(x * 7 % 11 + y * 5 + z * 3 % 4);
        ((uint8_t *)mask->data)[i] = i > 0 && i % 5 < 4;
    }
}

static bool measure(const struct grid *g, const struct params *p, struct err *e)
{
    struct volume image, mask;
    struct rcase c = {0};
    struct result result = {0};
    make(g, &image, &mask);
    bool ok = load_from_volumes(&image, &mask, NULL, &p->settings.load, NULL, &c, e) &&
              engine_measure(p, &c, &result, e);
    result_free(&result);
    rcase_free(&c);
    volume_free(&mask);
    return ok;
}

static void every_grid_goes_through_every_filter(void **state)
{
    (void)state;
    struct grid grid[64];
    size_t n = odd_grids(grid), done = 0;
    for (size_t s = 0; s < sizeof settings / sizeof *settings; s++) {
        struct params *p = params_of(settings[s]);
        for (size_t i = 0; i < n; i++) {
            struct err e = {0};
            if (takes_long(&grid[i], &p->settings))
                continue;
            bool ok = measure(&grid[i], p, &e);
            if (!ok && !e.text[0])
                fail_msg("settings %zu, grid %zu: no row and no reason", s, i);
            done += ok;
        }
        params_destroy(p);
    }
    assert_true(done > n); /* most are measured, not refused */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_grid_goes_through_every_filter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
