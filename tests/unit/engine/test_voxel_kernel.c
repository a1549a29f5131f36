#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/features/families.h"
#include "engine/voxel/voxel_adjust.h"
#include "engine/voxel/voxel_sample.h"

#include <math.h>
#include <string.h>

enum { NX = 4, NY = 3, NZ = 3, N = NX * NY * NZ };

/* Levels 1 and 2 by columns; the ROI is everything but the plane z = 1. */
struct scene {
    double value[N];
    uint16_t level[N]; /* of the voxels inside, one after the other */
    uint8_t mask[N];
    int64_t count[3];
    struct response response;
    struct levels levels;
};

static void make_scene(struct scene *s)
{
    const int64_t size[] = {NX, NY, NZ};
    memset(s, 0, sizeof *s);
    s->response.grid = grid_unit();
    for (int64_t i = 0; i < N; i++) {
        s->value[i] = (double)i;
        s->mask[i] = i / (NX * NY) != 1;
        s->level[s->response.n_voxels] = (uint16_t)(1 + i % 2);
        s->response.n_voxels += s->mask[i];
    }
    memcpy(s->response.grid.size, size, sizeof size);
    memcpy(s->response.box.size, size, sizeof size);
    s->response.box.lo[0] = 10;
    s->response.value = s->value;
    s->response.mask = s->mask;
    s->count[1] = s->count[2] = N / 3;
    s->levels = (struct levels){.level = s->level,
                                .mask = s->mask,
                                .n_voxels = s->response.n_voxels,
                                .n_levels = 2,
                                .n_present = 2,
                                .count = s->count};
    memcpy(s->levels.size, size, sizeof size);
}

static void is_cut_at_the_box(void **state)
{
    (void)state;
    struct scene s;
    struct kernel k;
    make_scene(&s);
    assert_true(kernel_open(&k, &s.response, &s.levels, (int64_t[]){1, 9, 1}, NULL));
    kernel_move(&k, (int64_t[]){0, 1, 0});
    assert_int_equal(k.part.size[0], 2);
    assert_int_equal(k.part.size[1], 3);
    assert_int_equal(k.part.size[2], 2);
    assert_int_equal(k.response.box.lo[0], 10);
    assert_int_equal(k.part.n_voxels, 6); /* the second plane does not count */
    assert_int_equal(k.response.n_voxels, 6);
    assert_true(k.response.sample[3] == s.value[NX + 1]);
    kernel_move(&k, (int64_t[]){2, 1, 1});
    assert_int_equal(k.response.box.lo[0], 11);
    assert_int_equal(k.part.size[0] * k.part.size[1] * k.part.size[2], 27);
    assert_int_equal(k.part.n_voxels, 18);
    kernel_close(&k);
}

static void counts_its_own_levels(void **state)
{
    (void)state;
    struct scene s;
    struct kernel k;
    make_scene(&s);
    assert_true(kernel_open(&k, &s.response, &s.levels, (int64_t[]){0, 1, 1}, NULL));
    kernel_move(&k, (int64_t[]){1, 1, 0});
    assert_int_equal(k.part.n_levels, 2); /* of the ROI */
    assert_int_equal(k.part.n_present, 1);
    assert_int_equal(k.part.count[1], 0);
    assert_int_equal(k.part.count[2], 3);
    kernel_move(&k, (int64_t[]){2, 0, 0});
    assert_int_equal(k.part.count[1], 2);
    assert_int_equal(k.part.count[2], 0);
    kernel_close(&k);
}

/* Between the planes z = 0 and z = 2 nothing is a neighbour: the 4 directions of the plane remain,
 * and along x only where the kernel is wide enough. */
static void knows_the_directions_of_a_batch(void **state)
{
    (void)state;
    struct scene s;
    struct kernel k;
    struct pairs p;
    struct family_settings settings = settings_default().image.family;
    make_scene(&s);
    assert_true(kernel_open(&k, &s.response, &s.levels, (int64_t[]){1, 1, 1}, NULL));
    assert_true(pairs_open(&p, &settings, 3, s.response.box.size, NULL));
    assert_int_equal(p.directions.n, 13);
    pairs_begin(&p);
    kernel_move(&k, (int64_t[]){1, 1, 0});
    pairs_note(&p, &k);
    assert_int_equal(p.n_seen, 4);
    assert_int_equal(pairs_of(&p, &k), PAIRS_COMPLETE);
    memset(k.mask, 0, 18); /* leave two neighbours along x */
    k.mask[0] = k.mask[1] = 1;
    assert_int_equal(pairs_of(&p, &k), PAIRS_SOME);
    k.mask[1] = 0;
    assert_int_equal(pairs_of(&p, &k), PAIRS_NONE);
    p.merged = true;
    k.mask[1] = 1;
    assert_int_equal(pairs_of(&p, &k), PAIRS_COMPLETE);
    pairs_close(&p);
    kernel_close(&k);
}

/* Offsets fall in z, y and x, those outside the box or the ROI are NaN, the centre comes last. The
 * radius goes beyond the box: 1 along y, 2 along x at most, as far as voxels can lie apart. */
static void lists_values_with_gaps(void **state)
{
    (void)state;
    struct scene s;
    struct kernel k;
    struct kernel_sample sample;
    struct family_settings settings = settings_default().image.family;
    make_scene(&s);
    assert_true(kernel_open(&k, &s.response, &s.levels, (int64_t[]){1, 1, 1}, NULL));
    assert_true(kernel_sample_open(&sample, &s.response, &settings, 1, NULL));
    const int64_t at[] = {0, 1, 0};
    kernel_move(&k, at);
    kernel_sample_take(&sample, &k, at);
    assert_int_equal(k.response.n_voxels, 27);
    assert_ptr_equal(k.response.sample, sample.value);
    const double *v = k.response.sample;
    for (int i = 0; i < 9; i++)
        assert_true(isnan(v[i])); /* z + 1: not in the ROI */
    assert_true(v[9] == s.value[2 * NX + 1] && v[10] == s.value[2 * NX] && isnan(v[11]));
    assert_true(v[12] == s.value[NX + 1] && isnan(v[13]));
    assert_true(v[14] == s.value[1] && v[15] == s.value[0] && isnan(v[16]));
    for (int i = 17; i < 26; i++)
        assert_true(isnan(v[i])); /* z - 1: outside */
    assert_true(v[26] == s.value[NX]);
    kernel_sample_close(&sample);
    assert_true(kernel_sample_open(&sample, &s.response, &settings, 3, NULL));
    assert_int_equal(sample.offsets.n, 7 * 5 * 5 - 1); /* the box is 4 x 3 x 3 */
    kernel_sample_close(&sample);
    kernel_close(&k);
}

/* One of two maps has a number in the batch: the other becomes 0, but no other feature. */
static void knows_a_batch_without_runs(void **state)
{
    (void)state;
    enum { N_MAPS = 3 };
    int feature[N_MAPS] = {family_feature(&family_glrlm, "RunVariance"),
                           family_feature(&family_glrlm, "RunEntropy"),
                           family_feature(&family_glrlm, "RunPercentage")};
    double value[N_MAPS][2] = {{NAN, NAN}, {NAN, 3}, {NAN, NAN}};
    const struct class_request request = {.family = &family_glrlm, .feature = feature, .n = N_MAPS};
    const struct batch_maps maps = {&request, value[0], 2, 2};
    adjust_glrlm(&maps);
    assert_true(value[0][0] == 0 && value[0][1] == 0);
    assert_true(isnan(value[1][0]) && value[1][1] == 3);
    assert_true(isnan(value[2][0]) && isnan(value[2][1]));
}

static void knows_when_runs_share_a_matrix(void **state)
{
    (void)state;
    struct family_settings settings = settings_default().image.family;
    bool single;
    const int64_t box[] = {NX, NY, NZ}, line[] = {NX, 1, 1};
    assert_true(adjust_single_runs(&settings, 3, box, &single, NULL));
    assert_false(single);
    assert_true(adjust_single_runs(&settings, 3, line, &single, NULL));
    assert_true(single);
    settings.weighting_norm = WEIGHT_EUCLIDEAN;
    assert_true(adjust_single_runs(&settings, 3, box, &single, NULL));
    assert_true(single);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_cut_at_the_box),
        cmocka_unit_test(counts_its_own_levels),
        cmocka_unit_test(knows_the_directions_of_a_batch),
        cmocka_unit_test(lists_values_with_gaps),
        cmocka_unit_test(knows_a_batch_without_runs),
        cmocka_unit_test(knows_when_runs_share_a_matrix),
    };
    return cmocka_run_group_tests_name("voxel kernels", tests, NULL, NULL);
}
