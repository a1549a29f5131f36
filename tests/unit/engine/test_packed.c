/* Packed kernels against the families' own functions, kernel by kernel: ragged and full regions,
 * few and many levels, every radius, in space and in planes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/features/families.h"
#include "engine/features/glcm_formulas.h"
#include "engine/packed/packed_class.h"
#include "engine/voxel/voxel_sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NX = 7, NY = 7, NZ = 8, N = NX * NY * NZ, MOST_FEATURES = 32 };

struct scene {
    double value[N], sample[N];
    uint16_t level[N];
    uint8_t mask[N];
    int64_t count[256];
    struct response response;
    struct levels levels;
};

static uint64_t drawn(uint64_t *state)
{
    *state ^= *state << 13, *state ^= *state >> 7, *state ^= *state << 17;
    return *state >> 11;
}

/* levels 0: nearly all are 1, which is the most that one row or column can hold. */
static int level_of(int block, int levels, uint64_t *state)
{
    uint64_t first = drawn(state), second = drawn(state);
    if (levels == 0)
        return 1 + (first % 40 == 0 ? (int)(second % 3) : 0);
    return 1 + (first % 3 ? block % levels : (int)(second % (uint64_t)levels));
}

/* Levels in blocks, so that there are runs and zones; one voxel of `sparse` counts. */
static void make_scene(struct scene *s, int levels, int sparse, uint64_t seed)
{
    const int64_t size[] = {NX, NY, NZ};
    uint64_t state = 88172645463325252ull + seed;
    memset(s, 0, sizeof *s);
    s->response.grid = grid_unit();
    for (int64_t i = 0; i < N; i++) {
        int blocks = (int)(i % NX / 3 + i / NX % NY / 2 * 3);
        int level = level_of(blocks, levels, &state);
        s->mask[i] = drawn(&state) % (uint64_t)sparse == 0;
        s->value[i] = 10 * level + (double)(drawn(&state) % 8);
        if (!s->mask[i])
            continue;
        s->sample[s->response.n_voxels] = s->value[i];
        s->level[s->response.n_voxels++] = (uint16_t)level;
        s->levels.n_present += s->count[level]++ == 0;
        s->levels.n_levels = level > s->levels.n_levels ? level : s->levels.n_levels;
    }
    memcpy(s->response.grid.size, size, sizeof size);
    memcpy(s->response.box.size, size, sizeof size);
    memcpy(s->levels.size, size, sizeof size);
    s->response.type = PIXEL_F64;
    s->response.value = s->value;
    s->response.sample = s->sample;
    s->response.mask = s->levels.mask = s->mask;
    s->levels.level = s->level;
    s->levels.n_voxels = s->response.n_voxels;
    s->levels.count = s->count;
}

static void assert_same(const struct family *f, int row, double packed, double own)
{
    bool same = isnan(own) ? isnan(packed) : fabs(packed - own) <= 1e-9 * fmax(fabs(own), 1e-3);
    if (!same)
        fail_msg("%s %s: %.17g, not %.17g", f->name, family_row(f, row)->name, packed, own);
}

/* All kernels of a class; returns how many were packed, -1 when the class is not. */
static int compare(struct scene *s, const struct family *f, const struct family_settings *settings,
                   const int64_t radius[3])
{
    struct kernel k;
    struct packed_class *packed;
    int feature[MOST_FEATURES], done = 0;
    bool wanted[MOST_FEATURES];
    struct aggregation aggregation = family_aggregation(f, settings);
    int correlation = f == &family_glcm ? glcm_row_of(f, glcm_maximal_correlation) : -1;
    for (int i = 0; i < f->n_features; i++) {
        feature[i] = i;
        wanted[i] = true;
    }
    assert_true(kernel_open(&k, &s->response, &s->levels, radius, NULL));
    const struct packed_task task = {
        f,          feature,  f->n_features,        settings, &aggregation, &arithmetic_numpy,
        &s->levels, k.radius, s->response.box.size, 3};
    assert_true(packed_class_open(&task, &packed, NULL));
    for (int64_t v = 0; packed && v < N; v++) {
        if (!s->mask[v])
            continue;
        double value[MOST_FEATURES], maximal = NAN;
        struct fvalue own[MOST_FEATURES] = {{0}};
        const struct kernel_batch batch = {1, &s->levels, 0};
        const struct family_input in = {.response = &k.response,
                                        .levels = &k.part,
                                        .settings = settings,
                                        .extent = s->response.box.size,
                                        .batch = &batch,
                                        .aggregation = &aggregation};
        kernel_move(&k, (int64_t[]){v % NX, v / NX % NY, v / NX / NY});
        assert_true(family_measure(f, &in, wanted, own, NULL));
        if (!packed_class_kernel(packed, v, &maximal, value, 1))
            continue;
        packed_class_finish(packed);
        if (correlation >= 0 && !isnan(maximal))
            value[correlation] = maximal;
        done++;
        assert_int_equal(packed_class_levels(packed), k.part.n_present);
        for (int i = 0; i < f->n_features; i++)
            if (!own[i].absent)
                assert_same(f, i, value[i], own[i].value);
    }
    kernel_close(&k);
    bool is_packed = packed != NULL;
    packed_class_close(packed);
    return is_packed ? done : -1;
}

static const struct family *const classes[] = {&family_glcm, &family_glrlm, &family_glszm,
                                               &family_gldm, &family_ngtdm};
enum { N_CLASSES = sizeof classes / sizeof *classes };

static void equal_the_families(void **state)
{
    (void)state;
    static const int levels[] = {0, 1, 3, 6, 40, 255}, sparse[] = {1, 2, 6};
    struct family_settings settings = settings_default().image.family;
    for (int way = 0; way < N_CLASSES; way++) {
        int packed = 0, all = 0;
        for (int l = 0; l < 6; l++)
            for (int m = 0; m < 3; m++)
                for (int64_t r = 1; r <= 4; r++) {
                    struct scene s;
                    make_scene(&s, levels[l], sparse[m], (uint64_t)(l * 3 + m));
                    settings.force_2d = r == 4;
                    const int64_t radius[] = {r < 4 ? r : 2, r < 4 ? r : 2, r < 4 ? r : 0};
                    packed += compare(&s, classes[way], &settings, radius);
                    all += (int)s.response.n_voxels;
                }
        assert_true(packed * 10 > all * 7); /* the long way is the exception */
    }
}

/* What is not simple is left to the families. */
static void leave_the_rest(void **state)
{
    (void)state;
    static double two[] = {1, 2};
    const struct family_settings plain = settings_default().image.family;
    const int64_t near[] = {1, 1, 1}, far[] = {4, 4, 4};
    struct scene s;
    make_scene(&s, 6, 1, 9);
    struct family_settings weighted = plain, distant = plain, tolerant = plain, one_way = plain;
    weighted.weighting_norm = WEIGHT_EUCLIDEAN;
    distant.distances = (struct real_list){.item = two, .n = 2};
    tolerant.gldm_a = 1;
    one_way.symmetrical_glcm = false;
    assert_int_equal(compare(&s, &family_firstorder, &plain, near), -1);
    assert_int_equal(compare(&s, &family_glrlm, &plain, far), -1);
    assert_int_equal(compare(&s, &family_glrlm, &weighted, near), -1);
    assert_int_equal(compare(&s, &family_glcm, &weighted, near), -1);
    assert_int_equal(compare(&s, &family_glcm, &distant, near), -1);
    assert_int_equal(compare(&s, &family_glcm, &one_way, near), -1);
    assert_int_equal(compare(&s, &family_gldm, &distant, near), -1);
    assert_int_equal(compare(&s, &family_gldm, &tolerant, near), -1);
    assert_int_equal(compare(&s, &family_ngtdm, &distant, near), -1);
    assert_true(compare(&s, &family_glszm, &distant, near) > 0);
    s.levels.n_levels = 256;
    assert_int_equal(compare(&s, &family_glszm, &plain, near), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_the_families),
        cmocka_unit_test(leave_the_rest),
    };
    return cmocka_run_group_tests_name("packed kernels", tests, NULL, NULL);
}
