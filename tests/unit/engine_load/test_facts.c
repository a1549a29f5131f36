/* Digests and statistics of files, snapshots of masks, components. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sha1.h"
#include "engine/files/load_files.h"
#include "engine/load/facts.h"
#include "engine/load/label.h"
#include "engine/load/snapshot.h"
#include "vol/components.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* 90 x 41 x 17 voxels: several pieces and a rest that fills no lane. */
static struct volume noise(enum pixel_type type)
{
    struct grid g = grid_unit();
    g.size[0] = 90, g.size[1] = 41, g.size[2] = 17;
    struct volume v;
    struct err e;
    assert_true(volume_alloc(&v, &g, type, &e));
    uint32_t state = 1;
    size_t bytes = (size_t)grid_voxels(&g) * pixel_size(type);
    for (size_t i = 0; i < bytes; i++)
        ((uint8_t *)v.data)[i] = (uint8_t)((state = state * 1664525u + 1013904223u) >> 24);
    for (int64_t i = 0; i < grid_voxels(&g); i++)
        if (type == PIXEL_F32)
            ((float *)v.data)[i] = (float)((double)(state = state * 1664525u + 1) / 1e6 - 2000);
        else if (type == PIXEL_F64)
            ((double *)v.data)[i] = (double)(state = state * 1664525u + 1) / 1e6 - 2000;
    return v;
}

static void buffer_sha1(const void *data, size_t bytes, char out[41])
{
    struct sha1 s;
    sha1_init(&s);
    sha1_add(&s, data, bytes);
    sha1_hex(&s, out);
}

static void statistics_of_every_pixel_type(void **state)
{
    (void)state;
    for (int type = 0; type < PIXEL_TYPES; type++) {
        struct volume v = noise((enum pixel_type)type);
        int64_t n = grid_voxels(&v.grid);
        double lo = INFINITY, hi = -INFINITY;
        long double sum = 0;
        for (int64_t i = 0; i < n; i++) {
            double x = volume_get(&v, i);
            lo = x < lo ? x : lo;
            hi = x > hi ? x : hi;
            sum += x;
        }
        struct file_facts facts = {0};
        char expected[41];
        facts_of_files(&v, NULL, &facts, NULL);
        buffer_sha1(v.data, (size_t)n * pixel_size(v.type), expected);
        assert_string_equal(facts.sha1, expected);
        assert_true(facts.has_stats && facts.stats.minimum == lo && facts.stats.maximum == hi);
        double scale = fmax(fabs(lo), fabs(hi));
        assert_true(fabs(facts.stats.mean - (double)(sum / n)) <= 1e-13 * scale);
        struct value_stats again = stats_of_volume(&v);
        assert_true(again.mean == facts.stats.mean && again.maximum == hi);
        volume_free(&v);
    }
}

/* Small values among large ones of both signs: what a plain sum loses is most of the mean. */
static void the_mean_keeps_what_rounding_loses(void **state)
{
    (void)state;
    struct volume v = noise(PIXEL_F64);
    double *x = v.data;
    int64_t n = grid_voxels(&v.grid);
    long double sum = 0; /* of the small ones: the large ones are pairs */
    for (int64_t i = 0; i < n; i++) {
        double large = i % 24 < 8 ? 0x1p+60 : i % 24 < 16 ? -0x1p+60 : 0;
        sum += large == 0 || i >= n / 24 * 24 ? x[i] : 0;
        x[i] = large == 0 || i >= n / 24 * 24 ? x[i] : large;
    }
    double mean = (double)(sum / n);
    assert_true(fabs(stats_of_volume(&v).mean - mean) <= 4 * 0x1p-52 * fabs(mean));
    x[5] = INFINITY;
    assert_true(stats_of_volume(&v).mean == INFINITY);
    volume_free(&v);
}

static void one_nan_is_in_all_statistics(void **state)
{
    (void)state;
    struct volume v = noise(PIXEL_F32);
    ((float *)v.data)[777] = NAN;
    struct value_stats s = stats_of_volume(&v);
    assert_true(isnan(s.minimum) && isnan(s.maximum) && isnan(s.mean));
    ((float *)v.data)[777] = INFINITY;
    ((float *)v.data)[778] = -INFINITY;
    s = stats_of_volume(&v);
    assert_true(s.minimum == -INFINITY && s.maximum == INFINITY && isnan(s.mean));
    volume_free(&v);
}

static void masks_are_digested_as_uint32(void **state)
{
    (void)state;
    struct volume image = noise(PIXEL_I16), mask = noise(PIXEL_U8);
    int64_t n = grid_voxels(&mask.grid);
    uint32_t *wide = malloc((size_t)n * sizeof *wide);
    assert_non_null(wide);
    for (int64_t i = 0; i < n; i++)
        wide[i] = ((uint8_t *)mask.data)[i];
    char alone[41], beside[41], expected[41], image_alone[41];
    buffer_sha1(wide, (size_t)n * sizeof *wide, expected);
    buffer_sha1(image.data, (size_t)n * 2, image_alone);
    struct file_facts facts = {0};
    facts_of_files(NULL, &mask, NULL, alone);
    facts_of_files(&image, &mask, &facts, beside);
    assert_string_equal(alone, expected);
    assert_string_equal(beside, expected);
    assert_string_equal(facts.sha1, image_alone);
    free(wide);
    volume_free(&image);
    volume_free(&mask);
}

/* Zeros in front of the region are not walked over. Whole zeros, a first voxel anywhere, every
 * width of voxel, with and without an image beside. */
static void zeros_before_a_region(void **state)
{
    (void)state;
    static const enum pixel_type types[] = {PIXEL_U8, PIXEL_I16, PIXEL_F32, PIXEL_F64};
    static const int64_t firsts[] = {0, 1, 262143, 262144, 262145, 600000, 699999, -1};
    struct grid g = grid_unit();
    g.size[0] = 100, g.size[1] = 70, g.size[2] = 100;
    int64_t n = grid_voxels(&g);
    uint32_t *wide = calloc((size_t)n, sizeof *wide);
    assert_non_null(wide);
    for (size_t t = 0; t < sizeof types / sizeof *types; t++)
        for (size_t f = 0; f < sizeof firsts / sizeof *firsts; f++) {
            struct volume image, mask;
            struct err e;
            struct file_facts facts = {0};
            char alone[41], beside[41], expected[41];
            assert_true(volume_alloc(&image, &g, PIXEL_U8, &e));
            assert_true(volume_alloc(&mask, &g, types[t], &e));
            for (int64_t i = firsts[f]; i >= 0 && i < n; i += 17) {
                double one = 1 + (double)(i % 3);
                volume_write(&mask, i, 1, &one);
                wide[i] = (uint32_t)one;
            }
            buffer_sha1(wide, (size_t)n * sizeof *wide, expected);
            facts_of_files(NULL, &mask, NULL, alone);
            facts_of_files(&image, &mask, &facts, beside);
            assert_string_equal(alone, expected);
            assert_string_equal(beside, expected);
            memset(wide, 0, (size_t)n * sizeof *wide);
            volume_free(&image);
            volume_free(&mask);
        }
    free(wide);
}

static void image_json_is_read(void **state)
{
    (void)state;
    char path[] = "/tmp/radmill-facts-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "w");
    fputs("{\"minimum\": -1024, \"maximum\": 3071.5, \"mean\": 2, \"digests\": {\"sha1\": \"ab\"}}",
          f);
    fclose(f);
    struct file_facts facts = {0};
    struct grid g = grid_unit();
    struct err e;
    assert_true(facts_read(path, &g, &facts, &e));
    assert_true(facts.has_stats && facts.stats.minimum == -1024 && facts.stats.maximum == 3071.5);
    assert_string_equal(facts.sha1, "ab");
    unlink(path);
    assert_false(facts_read(path, &g, &facts, &e));
    assert_int_equal(e.code, ERR_REFUSED);
}

static void image_json_of_another_image_is_refused(void **state)
{
    (void)state;
    char path[] = "/tmp/radmill-facts-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "{\"size\": [4, 3, 2]}", 19), 19);
    close(fd);
    struct file_facts facts = {0};
    struct grid g = grid_unit();
    struct err e;
    for (int d = 0; d < 3; d++)
        g.size[d] = 4 - d;
    assert_true(facts_read(path, &g, &facts, &e));
    g.size[1] = 30;
    assert_false(facts_read(path, &g, &facts, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_non_null(strstr(e.text, "size along y: 3, that of the image 30"));
    unlink(path);
}

/* Fills a bit picture, rows from top to bottom, slices apart by an empty string. */
static int64_t components(const char *const *row, int64_t nx, int64_t ny, int64_t nz)
{
    uint8_t in[512] = {0};
    struct err e;
    const int64_t size[3] = {nx, ny, nz};
    for (int64_t z = 0; z < nz; z++)
        for (int64_t y = 0; y < ny; y++)
            for (int64_t x = 0; x < nx; x++)
                in[(z * ny + y) * nx + x] = row[z * ny + y][x] == '#';
    return components_count(in, size, &e);
}

static void components_touch_at_corners_too(void **state)
{
    (void)state;
    assert_int_equal(components((const char *[]){"#..#", "....", "#..#"}, 4, 3, 1), 4);
    assert_int_equal(components((const char *[]){"#.#.", ".#.#"}, 4, 2, 1), 1);
    assert_int_equal(components((const char *[]){"#.#", "#.#", "###"}, 3, 3, 1), 1);
    assert_int_equal(components((const char *[]){"#..", "...", "...", ".#."}, 3, 2, 2), 1);
    assert_int_equal(components((const char *[]){"#..", "...", "...", "..#"}, 3, 2, 2), 2);
    assert_int_equal(components((const char *[]){"#.#.#", ".....", "#####"}, 5, 1, 3), 4);
    assert_int_equal(components((const char *[]){"...", "..."}, 3, 2, 1), 0);
}

static void a_snapshot_describes_the_mask(void **state)
{
    (void)state;
    struct volume mask = noise(PIXEL_U8), image = noise(PIXEL_I16);
    memset(mask.data, 0, (size_t)grid_voxels(&mask.grid));
    uint8_t *in = mask.data;
    mask.grid.spacing_mm[2] = 2.5;
    mask.grid.origin_mm[0] = -7;
    in[(3 * 41 + 5) * 90 + 10] = in[(3 * 41 + 5) * 90 + 13] = in[(9 * 41 + 8) * 90 + 10] = 1;
    struct label_mask roi;
    struct err e;
    struct snapshots *log = calloc(1, sizeof *log);
    assert_non_null(log);
    assert_true(label_select(&mask, 1, &roi, &e));
    assert_true(snapshot_mask(log, STAGE_RESEGMENTED, &roi, &image, "", &e));
    const struct mask_snapshot *s = &log->mask[STAGE_RESEGMENTED];
    assert_true(s->n_voxels == 3 && s->n_components == 3);
    assert_true(s->box.lo[2] == 3 && s->box.size[0] == 4 && s->box.size[2] == 7);
    assert_true(s->center_index[0] == 11 && s->center_index[1] == 6 && s->center_index[2] == 5);
    assert_true(s->center_mm[0] == 4 && s->center_mm[1] == 6 && s->center_mm[2] == 12.5);
    double a = volume_get(&image, (3 * 41 + 5) * 90 + 10);
    double b = volume_get(&image, (3 * 41 + 5) * 90 + 13);
    double c = volume_get(&image, (9 * 41 + 8) * 90 + 10);
    assert_true(s->has_values && s->values.minimum == fmin(a, fmin(b, c)));
    assert_true(s->values.maximum == fmax(a, fmax(b, c)));
    assert_float_equal(s->values.mean, (a + b + c) / 3, 1e-9);
    free(log);
    label_mask_free(&roi);
    volume_free(&mask);
    volume_free(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statistics_of_every_pixel_type),
        cmocka_unit_test(the_mean_keeps_what_rounding_loses),
        cmocka_unit_test(one_nan_is_in_all_statistics),
        cmocka_unit_test(masks_are_digested_as_uint32),
        cmocka_unit_test(zeros_before_a_region),
        cmocka_unit_test(image_json_is_read),
        cmocka_unit_test(image_json_of_another_image_is_refused),
        cmocka_unit_test(components_touch_at_corners_too),
        cmocka_unit_test(a_snapshot_describes_the_mask),
    };
    return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
