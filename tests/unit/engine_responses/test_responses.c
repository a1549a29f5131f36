/* Responses of the linear filters against closed forms, and of a part against the whole. */
#include "engine/filters/wavelet_bank.h"
#include "engine/responses/gabor.h"
#include "engine/responses/linear.h"
#include "engine/responses/separable_response.h"
#include "engine/responses/spectral.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const double pi = 3.14159265358979323846;

typedef double formula(int64_t x, int64_t y, int64_t z);

static struct volume image_of(int64_t nx, int64_t ny, int64_t nz, formula *f)
{
    struct err e = {0};
    struct volume v = {0};
    struct grid g = grid_unit();
    int64_t i = 0;
    g.size[0] = nx, g.size[1] = ny, g.size[2] = nz;
    assert_true(volume_alloc(&v, &g, PIXEL_F64, &e));
    for (int64_t z = 0; z < nz; z++)
        for (int64_t y = 0; y < ny; y++)
            for (int64_t x = 0; x < nx; x++)
                ((double *)v.data)[i++] = f(x, y, z);
    return v;
}

static double at(const struct patch *p, int64_t x, int64_t y, int64_t z)
{
    return p->value[(x - p->box.lo[0]) + (y - p->box.lo[1]) * patch_stride(p, 1) +
                    (z - p->box.lo[2]) * patch_stride(p, 2)];
}

static void assert_near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.17g is not %.17g", a, b);
}

static double constant(int64_t x, int64_t y, int64_t z)
{
    (void)x, (void)y, (void)z;
    return 7;
}
static double square_of_x(int64_t x, int64_t y, int64_t z)
{
    (void)y, (void)z;
    return (double)(x * x);
}
static double impulse(int64_t x, int64_t y, int64_t z)
{
    return x == 6 && y == 5 && z == 4;
}
static double noise(int64_t x, int64_t y, int64_t z)
{
    uint64_t s = (uint64_t)(x * 73856093 ^ y * 19349663 ^ z * 83492791);
    s = s * 6364136223846793005u + 1442695040888963407u;
    return (double)(s >> 40) / 65536.0;
}

/* Inside, the mean over a cube of 3 of x^2 is x^2 + 2/3; at a mirrored border (0 + 0 + 1) / 3. */
static void test_mean(void **state)
{
    (void)state;
    struct err e = {0};
    struct volume v = image_of(9, 5, 5, square_of_x);
    struct source s = {&v, BORDER_MIRROR, 3};
    struct box whole = source_whole(&s);
    struct patch out;
    assert_true(mean_response(&s, 3, &whole, &out, &e));
    assert_near(at(&out, 4, 2, 2), 16 + 2.0 / 3, 1e-14);
    assert_near(at(&out, 0, 2, 2), 1.0 / 3, 1e-15);
    patch_free(&out);
    volume_free(&v);
}

/* The second derivative of x^2 is 2; in two dimensions a slice is by itself. */
static void test_laplacian(void **state)
{
    (void)state;
    struct err e = {0};
    struct volume v = image_of(61, 45, 41, square_of_x);
    for (int dims = 2; dims <= 3; dims++) {
        struct source s = {&v, BORDER_NEAREST, dims};
        struct box middle = {{30, 22, 20}, {1, 1, 1}};
        struct patch out;
        assert_true(log_response(&s, 2.5, 6, &middle, &out, &e));
        assert_near(out.value[0], 2, 1e-5);
        patch_free(&out);
    }
    struct source s = {&v, BORDER_NEAREST, 3};
    struct box middle = {{30, 22, 20}, {1, 1, 1}};
    struct patch out;
    assert_false(log_response(&s, 1e6, 4, &middle, &out, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    volume_free(&v);
}

static int laws_row(const char *name)
{
    int i = 0;
    while (strcmp(laws_kernels[i].name, name) != 0)
        i++;
    return i;
}

/* The response to an impulse is the kernel; by the rotations its maximum is that of all of them. */
static void test_laws(void **state)
{
    (void)state;
    struct err e = {0};
    struct volume v = image_of(13, 11, 9, impulse);
    struct source s = {&v, BORDER_ZERO, 3};
    struct box whole = source_whole(&s);
    struct laws laws = {.kernel = {laws_row("E5"), laws_row("L5"), laws_row("S5")}};
    struct patch out;
    double unit = sqrt(10) * sqrt(70) * sqrt(6);
    assert_true(laws_response(&s, &laws, &whole, &out, &e));
    assert_near(at(&out, 6 + 1, 5 + 0, 4 - 2), 2 * 6 * -1 / unit, 1e-15);
    assert_near(at(&out, 6 - 1, 5 + 0, 4 - 2), -2 * 6 * -1 / unit, 1e-15);
    patch_free(&out);
    laws.rotations = true;
    laws.pooling = POOL_MAX;
    assert_true(laws_response(&s, &laws, &whole, &out, &e));
    assert_near(at(&out, 6 + 1, 5, 4 - 2), 2 * 6 * 1 / unit, 1e-15);
    assert_near(at(&out, 6, 5 + 1, 4), at(&out, 6, 5, 4 - 1), 1e-15);
    patch_free(&out);
    volume_free(&v);
}

/* The absolute response to a constant of kernels with the sums 0 is 0, of L5 it is 7 * 16 / |L5|.
 */
static void test_energy(void **state)
{
    (void)state;
    struct err e = {0};
    struct volume v = image_of(8, 8, 8, constant);
    struct source s = {&v, BORDER_MIRROR, 3};
    struct box whole = source_whole(&s);
    struct laws laws = {.kernel = {laws_row("L5"), laws_row("L5"), laws_row("L3")},
                        .energy_distance = 2};
    struct patch out;
    assert_true(laws_response(&s, &laws, &whole, &out, &e));
    for (int64_t i = 0; i < 512; i++)
        assert_near(out.value[i], 7 * 16.0 / sqrt(70) * 16 / sqrt(70) * 4 / sqrt(6), 1e-12);
    patch_free(&out);
    volume_free(&v);
}

static struct separable_wavelet wavelet_of(const struct wavelet *w, const char *code, int level)
{
    struct separable_wavelet s = {.n = w->length, .low = w->lo, .high = w->hi, .level = level};
    for (int a = 0; code[a]; a++)
        s.high_pass[a] = code[a] == 'H';
    return s;
}

/* A high pass of a constant is nothing, three low passes of level 2 multiply by sqrt(2)^6. */
static void test_wavelets(void **state)
{
    (void)state;
    struct err e = {0};
    struct wavelet w;
    struct patch out;
    struct volume v = image_of(16, 16, 16, constant);
    struct source s = {&v, BORDER_PERIODIC, 3};
    struct box part = {{3, 4, 5}, {2, 3, 4}};
    assert_true(wavelet_find("db3", &w));
    struct separable_wavelet low = wavelet_of(&w, "LLL", 2), high = wavelet_of(&w, "LHL", 2);
    high.rotations = true;
    high.pooling = POOL_MEAN;
    assert_true(wavelet_response(&s, &low, &part, &out, &e));
    for (int64_t i = 0; i < box_voxels(&part); i++)
        assert_near(out.value[i], 7 * 8, 1e-8);
    patch_free(&out);
    assert_true(wavelet_response(&s, &high, &part, &out, &e));
    for (int64_t i = 0; i < box_voxels(&part); i++)
        assert_near(out.value[i], 0, 1e-8);
    patch_free(&out);
    volume_free(&v);
}

static double wave(int64_t x, int64_t y, int64_t z)
{
    (void)z;
    return cos(2 * pi * (double)x / 8) + 0 * (double)y;
}

/* A plane wave comes out with half its amplitude times the kernel's sum, and not at all across it.
 */
static void test_gabor(void **state)
{
    (void)state;
    struct err e = {0};
    struct volume v = image_of(64, 64, 3, wave);
    struct source s = {&v, BORDER_PERIODIC, 3};
    struct box part = {{20, 20, 0}, {8, 4, 3}};
    struct patch out;
    struct gabor g = {.sigma_mm = 6, .lambda_mm = 8, .gamma = 1, .n_angles = 1};
    assert_true(gabor_response(&s, &g, &part, &out, &e));
    for (int64_t i = 0; i < box_voxels(&part); i++)
        assert_near(out.value[i], 0.5 * 2 * pi * 36, 1e-6 * 36);
    patch_free(&out);
    g.angle[0] = pi / 2;
    assert_true(gabor_response(&s, &g, &part, &out, &e));
    for (int64_t i = 0; i < box_voxels(&part); i++)
        assert_near(out.value[i], 0, 1e-3 * 36);
    patch_free(&out);
    volume_free(&v);
}

/* Two Riesz transforms of order 1 along every axis add up to the negative of a band that they
 * share: sum over a of R_a (R_a band) = -band, as sum nu_a^2 / nu^2 = 1. Here: orders (2, 0, 0) and
 * so on. */
static void test_riesz(void **state)
{
    (void)state;
    struct err e = {0};
    struct volume v = image_of(16, 15, 12, noise);
    struct source s = {&v, BORDER_PERIODIC, 3};
    struct box whole = source_whole(&s);
    struct spectral f = {.band = BAND_SIMONCELLI, .level = 1};
    struct patch band, part[3];
    assert_true(spectral_response(&s, &f, &whole, &band, &e));
    for (int a = 0; a < 3; a++) {
        memset(f.riesz, 0, sizeof f.riesz);
        f.riesz[a] = 2;
        assert_true(spectral_response(&s, &f, &whole, &part[a], &e));
    }
    for (int64_t i = 0; i < box_voxels(&whole); i++)
        assert_near(part[0].value[i] + part[1].value[i] + part[2].value[i], -band.value[i], 1e-9);
    patch_free(&band);
    for (int a = 0; a < 3; a++)
        patch_free(&part[a]);
    volume_free(&v);
}

/* The squares of all of Simoncelli's bands and what is below and above them add up to one: two
 * neighbouring levels do where both are not zero. Shannon's bands do not overlap. */
static void test_bands(void **state)
{
    (void)state;
    struct err e = {0};
    struct volume v = image_of(9, 9, 9, impulse);
    struct source s = {&v, BORDER_PERIODIC, 3};
    struct box one = {{6, 5, 4}, {1, 1, 1}};
    struct spectral f = {.band = BAND_SHANNON, .level = 1};
    struct patch out;
    int count = 0;
    for (int z = -4; z <= 4; z++)
        for (int y = -4; y <= 4; y++)
            for (int x = -4; x <= 4; x++) {
                double nu = sqrt(x * x + y * y + z * z) / 4;
                count += nu >= 0.5 && nu <= 1;
            }
    assert_true(spectral_response(&s, &f, &one, &out, &e));
    assert_near(out.value[0], count / 729.0, 1e-12); /* the mean of the factors */
    patch_free(&out);
    volume_free(&v);
}

typedef bool response(const struct source *s, const struct box *wanted, struct patch *out,
                      struct err *e);

static bool some_mean(const struct source *s, const struct box *b, struct patch *out, struct err *e)
{
    return mean_response(s, 5, b, out, e);
}
static bool some_log(const struct source *s, const struct box *b, struct patch *out, struct err *e)
{
    return log_response(s, 1.2, 4, b, out, e);
}
static bool some_laws(const struct source *s, const struct box *b, struct patch *out, struct err *e)
{
    const struct laws laws = {.kernel = {laws_row("L5"), laws_row("E5"), laws_row("R5")},
                              .rotations = true,
                              .pooling = POOL_MAX,
                              .energy_distance = 3};
    return laws_response(s, &laws, b, out, e);
}
static bool some_wavelet(const struct source *s, const struct box *b, struct patch *out,
                         struct err *e)
{
    struct wavelet w;
    wavelet_find("coif1", &w);
    struct separable_wavelet code = wavelet_of(&w, "LHH", 2);
    code.rotations = true;
    code.pooling = POOL_MIN;
    return wavelet_response(s, &code, b, out, e);
}
static bool some_gabor(const struct source *s, const struct box *b, struct patch *out,
                       struct err *e)
{
    const struct gabor g = {.sigma_mm = 1,
                            .lambda_mm = 2,
                            .gamma = 1.5,
                            .n_angles = 3,
                            .angle = {0, 1, 2},
                            .pooling = POOL_MEAN,
                            .three_planes = s->dims == 3};
    return gabor_response(s, &g, b, out, e);
}
static bool some_spectral(const struct source *s, const struct box *b, struct patch *out,
                          struct err *e)
{
    const struct spectral f = {.band = BAND_LOG, .sigma_mm = 1, .cutoff = 3, .riesz = {1, 1, 0}};
    return spectral_response(s, &f, b, out, e);
}

/* Every filter gives the same voxels whatever part of the image is asked for, at every border. */
static void test_part_is_the_whole(void **state)
{
    (void)state;
    static response *const all[] = {some_mean,    some_log,   some_laws,
                                    some_wavelet, some_gabor, some_spectral};
    const struct box parts[] = {
        {{0, 0, 0}, {2, 3, 1}}, {{5, 4, 3}, {3, 4, 5}}, {{10, 10, 8}, {3, 1, 1}}};
    struct err e = {0};
    struct volume v = image_of(13, 11, 9, noise);
    for (size_t f = 0; f < sizeof all / sizeof *all; f++)
        for (int rule = BORDER_ZERO; rule <= BORDER_MIRROR; rule++)
            for (int dims = 2; dims <= 3; dims++) {
                struct source s = {&v, (enum border_rule)rule, dims};
                struct box box = source_whole(&s);
                struct patch whole, part;
                assert_true(all[f](&s, &box, &whole, &e));
                for (int p = 0; p < 3; p++) {
                    double expected[60];
                    assert_true(all[f](&s, &parts[p], &part, &e));
                    patch_read(&whole, &parts[p], expected);
                    for (int64_t i = 0; i < box_voxels(&parts[p]); i++)
                        assert_near(part.value[i], expected[i], 1e-9);
                    patch_free(&part);
                }
                patch_free(&whole);
            }
    volume_free(&v);
}

static uint64_t bits = 88172645463325252ull;
static int random_below(int n)
{
    bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
    return (int)((bits >> 11) % (uint64_t)n);
}

static struct kernel random_kernel(void)
{
    struct kernel k = {.n = 1 + random_below(24), .step = 1};
    int zeros = random_below(3) ? 0 : 4;
    k.centre = random_below(k.n);
    for (int i = 0; i < k.n; i++)
        k.weight[i] = zeros && random_below(zeros) == 0 ? 0 : random_below(2001) / 1000.0 - 1;
    return k;
}

/* Several terms that share kernels, pooled in any way. */
static void random_filter(struct separable *f)
{
    *f = (struct separable){.levels = 1, .n_kernels = 1 + random_below(5)};
    f->n_terms = 1 + random_below(6);
    f->pooling = (enum pooling)random_below(4);
    for (int i = 0; i < f->n_kernels; i++)
        f->kernel[i] = random_kernel();
    for (int t = 0; t < f->n_terms; t++) {
        f->term[t].sign = random_below(2) ? 1 : -1;
        for (int a = 0; a < 3; a++)
            f->term[t].kernel[0][a] = random_below(f->n_kernels);
    }
}

/* Plane by plane comes out what comes out pass by pass, to the last bit. */
static void check_planes(const struct source *s, const struct separable *f,
                         const struct box *wanted)
{
    struct err e = {0};
    struct border border = source_border(s);
    struct patch in, expected, found;
    struct box reach = separable_reach(f, &border, s->dims, wanted);
    assert_true(source_read(s, &reach, &in, &e));
    assert_true(separable_of_patch(f, &in, &border, s->dims, wanted, &expected, &e));
    assert_true(separable_response(f, s, wanted, &found, &e));
    for (int64_t i = 0; i < box_voxels(wanted); i++)
        if (!(isnan(expected.value[i]) && isnan(found.value[i])))
            assert_memory_equal(&expected.value[i], &found.value[i], sizeof *found.value);
    patch_free(&in);
    patch_free(&expected);
    patch_free(&found);
}

/* Every rule at the border, images smaller than kernels, parts of every size, voxels that are
 * infinite or no numbers. */
static void test_planes_are_passes(void **state)
{
    (void)state;
    for (int round = 0; round < 300; round++) {
        struct volume v =
            image_of(1 + random_below(45), 1 + random_below(20), 1 + random_below(20), noise);
        struct source s = {&v, (enum border_rule)random_below(4), 2 + random_below(2)};
        struct box wanted = source_whole(&s);
        struct separable f;
        for (int a = 0; a < 3; a++) {
            wanted.lo[a] = random_below((int)wanted.size[a]);
            wanted.size[a] = 1 + random_below((int)(wanted.size[a] - wanted.lo[a]));
        }
        if (random_below(4) == 0)
            ((double *)v.data)[random_below((int)grid_voxels(&v.grid))] =
                round % 2 ? INFINITY : NAN;
        random_filter(&f);
        check_planes(&s, &f, &wanted);
        volume_free(&v);
    }
}

/* A long kernel on many columns, which are made some at a time; and more planes than are made
 * together. */
static void test_columns_and_groups_are_passes(void **state)
{
    (void)state;
    const int size[2][3] = {{75, 200, 4}, {9, 5, 70}};
    struct kernel k = {.n = 101, .centre = 50, .step = 1};
    struct separable f;
    for (int i = 0; i < k.n; i++)
        k.weight[i] = cos(i) / (i + 1);
    separable_single(&f, &k, &k, &k);
    f.n_terms = 3;
    f.term[1] = f.term[2] = f.term[0];
    f.term[1].kernel[0][0] = f.term[2].kernel[0][1] = 2;
    for (int i = 0; i < 2; i++)
        for (int rule = BORDER_ZERO; rule <= BORDER_MIRROR; rule++) {
            struct volume v = image_of(size[i][0], size[i][1], size[i][2], noise);
            struct source s = {&v, (enum border_rule)rule, 3};
            struct box wanted = source_whole(&s);
            check_planes(&s, &f, &wanted);
            volume_free(&v);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mean),
        cmocka_unit_test(test_laplacian),
        cmocka_unit_test(test_laws),
        cmocka_unit_test(test_energy),
        cmocka_unit_test(test_wavelets),
        cmocka_unit_test(test_gabor),
        cmocka_unit_test(test_riesz),
        cmocka_unit_test(test_bands),
        cmocka_unit_test(test_part_is_the_whole),
        cmocka_unit_test(test_planes_are_passes),
        cmocka_unit_test(test_columns_and_groups_are_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
