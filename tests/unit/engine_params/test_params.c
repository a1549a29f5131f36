#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/filters/laplacian.h"
#include "engine/params/params.h"
#include "engine/result/columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Writes text to a file of its own folder, so that messages start with a name that is known. */
static const char *file_of(const char *text, const char *suffix)
{
    static char path[64];
    char folder[] = "/tmp/radmill-params-XXXXXX";
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/p%s", folder, suffix);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return path;
}

static void forget(const char *path)
{
    char folder[64];
    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = '\0';
    unlink(path);
    rmdir(folder);
}

static struct params *create(const char *text, const char *suffix, struct err *e)
{
    const char *path = file_of(text, suffix);
    const struct params_source source = {.path = path};
    struct params *p = NULL;
    *e = (struct err){0};
    bool good = params_create(&source, &p, e);
    forget(path);
    return good ? p : NULL;
}

static void check_column(const struct column *column, const char *expected)
{
    struct str name = {0};
    column_name(&name, column);
    assert_string_equal(name.text, expected);
    str_free(&name);
}

static const struct log_settings *log_of(const struct params *p, int image_type)
{
    assert_ptr_equal(p->image_type[image_type].filter, &filter_log);
    return p->image_type[image_type].own;
}

static struct params *good(const char *text)
{
    struct err e;
    struct params *p = create(text, ".yaml", &e);
    if (!p)
        fail_msg("%s\nrefused: %s", text, e.text);
    return p;
}

static void refused(const char *text, const char *suffix, const char *message)
{
    struct err e;
    struct params *p = create(text, suffix, &e);
    if (p)
        fail_msg("accepted:\n%s", text);
    assert_int_equal(e.code, ERR_REFUSED);
    if (!strstr(e.text, message))
        fail_msg("\"%s\" is not in \"%s\"", message, e.text);
}

static void without_a_file_the_defaults_hold(void **state)
{
    (void)state;
    const struct params_source source = {0};
    struct params *p;
    struct err e;
    assert_true(params_create(&source, &p, &e));
    assert_int_equal(p->n_image_types, 1);
    assert_string_equal(p->image_type[0].filter->name, "Original");
    assert_string_equal(p->request[0].family->name, "shape");
    for (int i = 0; i < p->n_requests; i++)
        assert_string_not_equal(p->request[i].family->name, "shape2D");
    assert_int_equal(p->n_requests, 7);
    assert_true(p->settings.image.discretise.bin_width == 25);
    struct columns columns;
    assert_true(columns_create(p, 3, &columns, &e));
    assert_int_equal(columns.n, 107);
    check_column(&columns.item[0], "original_shape_Elongation");
    check_column(&columns.item[14], "original_firstorder_10Percentile");
    check_column(&columns.item[106], "original_ngtdm_Strength");
    columns_free(&columns);
    params_destroy(p);
}

static void a_file_without_classes_enables_all(void **state)
{
    (void)state;
    int families = 0;
    while (profile_pyradiomics.families[families])
        families++;
    struct params *p = good("setting: {}\n");
    assert_int_equal(p->n_requests, families);
    assert_string_equal(p->request[0].family->name, "shape");
    assert_string_equal(p->request[1].family->name, "shape2D");
    params_destroy(p);
    p = good("featureClass: {}\nimageType: {}\n");
    assert_int_equal(p->n_requests, families);
    assert_int_equal(p->n_image_types, 1);
    params_destroy(p);
}

static void classes_keep_file_order_with_shape_first(void **state)
{
    (void)state;
    struct params *p = good("featureClass:\n  glcm: [SumEntropy, Contrast, SumEntropy]\n"
                            "  shape:\n  firstorder: []\n");
    assert_int_equal(p->n_requests, 3);
    assert_string_equal(p->request[0].family->name, "shape");
    assert_string_equal(p->request[1].family->name, "glcm");
    assert_string_equal(p->request[2].family->name, "firstorder");
    assert_int_equal(p->request[1].n, 2);
    assert_string_equal(family_row(p->request[1].family, p->request[1].feature[0])->name,
                        "SumEntropy");
    assert_int_equal(p->request[2].n, 18);
    params_destroy(p);
}

static void deprecated_features_come_by_name_only(void **state)
{
    (void)state;
    struct params *p = good("featureClass:\n  firstorder: [StandardDeviation]\n"
                            "  glcm: [Dissimilarity, Id]\n");
    struct columns columns;
    struct err e;
    assert_true(columns_create(p, 3, &columns, &e));
    assert_int_equal(columns.n, 2);
    check_column(&columns.item[0], "original_firstorder_StandardDeviation");
    check_column(&columns.item[1], "original_glcm_Id");
    columns_free(&columns);
    params_destroy(p);
}

static void every_setting_arrives(void **state)
{
    (void)state;
    struct params *p = good("setting:\n  label: 3\n  label_channel: 2\n  minimumROIDimensions: 3\n"
                            "  minimumROISize: 64\n  geometryTolerance: 1e-3\n"
                            "  correctMask: true\n  additionalInfo: false\n  normalize: true\n"
                            "  normalizeScale: 100\n  removeOutliers: 3\n"
                            "  resampledPixelSpacing: [1, 2.5, 0]\n  interpolator: sitkLinear\n"
                            "  padDistance: 7\n  preCrop: true\n  resegmentRange: [-3, 3]\n"
                            "  resegmentMode: sigma\n  resegmentShape: true\n  binWidth: 0.5\n"
                            "  binCount: 32\n  distances: [1, 2]\n  force2D: true\n"
                            "  force2Ddimension: 2\n  weightingNorm: infinity\n"
                            "  symmetricalGLCM: false\n  gldm_a: 1\n  voxelArrayShift: -5\n"
                            "voxelSetting:\n  kernelRadius: 2\n  maskedKernel: false\n"
                            "  initValue: nan\n  voxelBatch: 1000\n");
    const struct settings *s = &p->settings;
    assert_true(s->load.label == 3 && s->load.label_channel == 2 &&
                s->check.minimum_roi_dimensions == 3);
    assert_true(s->check.has_minimum_roi_size && s->check.minimum_roi_size == 64);
    assert_true(s->check.has_geometry_tolerance && s->check.geometry_tolerance == 1e-3);
    assert_true(s->check.correct_mask && !s->load.additional_info && s->normalise.normalize &&
                s->resample.pre_crop);
    assert_true(s->normalise.normalize_scale == 100 && s->normalise.has_remove_outliers &&
                s->normalise.remove_outliers == 3);
    assert_true(s->resample.has_resampled_pixel_spacing &&
                s->resample.resampled_pixel_spacing.n == 3);
    assert_true(s->resample.resampled_pixel_spacing.item[1] == 2.5);
    assert_true(s->resample.resampled_pixel_spacing.is_int[0] &&
                !s->resample.resampled_pixel_spacing.is_int[1]);
    assert_int_equal(s->resample.interpolator, INTERP_LINEAR);
    assert_true(s->resample.pad_distance == 7 && s->resegment.has_resegment_range &&
                s->resegment.resegment_shape);
    assert_int_equal(s->resegment.resegment_mode, RESEGMENT_SIGMA);
    assert_true(s->image.discretise.bin_width == 0.5 && s->image.discretise.has_bin_count);
    assert_true(s->image.discretise.bin_count == 32 && s->image.family.distances.n == 2 &&
                s->image.family.distances.item[1] == 2);
    assert_true(s->image.family.force_2d && s->image.family.force_2d_dimension == 2 &&
                !s->image.family.symmetrical_glcm);
    assert_int_equal(s->image.family.weighting_norm, WEIGHT_INFINITY);
    assert_true(s->image.family.gldm_a == 1 && s->image.family.voxel_array_shift == -5);
    assert_true(s->voxel.kernel_radius == 2 && !s->voxel.masked_kernel &&
                isnan(s->voxel.init_value));
    assert_int_equal(s->voxel.voxel_batch, 1000);
    params_destroy(p);
}

static void null_clears_what_may_be_null(void **state)
{
    (void)state;
    struct params *p = good("setting:\n  minimumROISize:\n  binCount: ~\n  interpolator: null\n"
                            "  resegmentRange:\n  weightingNorm:\n  force2D:\n"
                            "  resampledPixelSpacing:\n");
    assert_false(p->settings.check.has_minimum_roi_size ||
                 p->settings.image.discretise.has_bin_count);
    assert_false(p->settings.resegment.has_resegment_range ||
                 p->settings.resample.has_resampled_pixel_spacing);
    assert_int_equal(p->settings.resample.interpolator, INTERP_NONE);
    assert_int_equal(p->settings.image.family.weighting_norm, WEIGHT_NONE);
    params_destroy(p);
}

/* As pyradiomics: null harms only where the value is used. The default stands for it meanwhile. */
static void null_may_stand_for_what_nothing_uses(void **state)
{
    (void)state;
    struct params *p = good("setting:\n  binWidth:\n  binCount: 8\n  normalizeScale:\n  sigma:\n"
                            "  padDistance:\n  resegmentMode:\n  level:\n  lbp2DMethod:\n"
                            "  lbp3DLevels:\n  label_channel:\n"
                            "voxelSetting: {kernelRadius: , initValue: , voxelBatch: }\n");
    assert_true(p->settings.image.discretise.bin_width == 25 &&
                p->settings.resample.pad_distance == 5);
    assert_non_null(strstr(p->settings_text, "'binWidth': None, 'binCount': 8, 'sigma': None"));
    params_destroy(p);
    params_destroy(good("setting: {sigma: }\nimageType: {LoG: {sigma: [1]}}\n"));
    params_destroy(good("setting: {level: }\nimageType: {Square: {binWidth: , binCount: 3}}\n"));
    refused("setting:\n  binWidth:\n", ".yaml", ":2: binWidth is used");
    refused("setting: {binCount: 8,\n  binWidth: }\nimageType: {Square: {binCount: }}\n", ".yaml",
            ":2: binWidth is used");
    refused("setting: {normalize: true, normalizeScale: }\n", ".yaml", "normalizeScale is used");
    refused("setting: {preCrop: true, padDistance: }\n", ".yaml", "padDistance is used");
    refused("setting: {resampledPixelSpacing: [1, 1, 1], padDistance: }\n", ".yaml",
            "padDistance is used");
    refused("setting: {resegmentRange: [1], resegmentMode: }\n", ".yaml", "resegmentMode is used");
    refused("setting: {sigma: }\nimageType: {LoG: {}}\n", ".yaml", ":1: sigma is used");
    refused("imageType:\n  Wavelet:\n    level:\n", ".yaml", ":3: level is used");
    refused("imageType: {LBP2D: {lbp2DRadius: }}\n", ".yaml", "lbp2DRadius is used");
    refused("imageType: {LBP3D: {lbp3DLevels: }}\n", ".yaml", "lbp3DLevels is used");
    const struct params_source voxel = {.text = "voxelSetting: {kernelRadius: }", .voxel = true};
    struct err e = {0};
    assert_false(params_create(&voxel, &p, &e));
    assert_non_null(strstr(e.text, "kernelRadius is used"));
}

/* pyradiomics takes these and then aborts every case: a run over a cohort must not end well with an
 * empty table. */
static void refuses_values_with_which_no_case_can_succeed(void **state)
{
    (void)state;
    refused("setting:\n  resegmentRange: [1, 2, 3]\n", ".yaml",
            ":2: resegmentRange must have one or two values");
    refused("setting: {resegmentRange: []}\n", ".yaml", ":1: resegmentRange must have one or two");
    refused("setting: {resampledPixelSpacing: [1]}\n", ".yaml", "one value for each axis");
    refused("setting: {distances: []}\n", ".yaml", ":1: distances must not be empty");
    refused("imageType:\n  Original: {}\n  Square:\n    distances: []\n", ".yaml",
            ":4: distances must not be empty");
    refused("setting: {binWidth: .inf}\n", ".yaml", ":1: binWidth must be finite");
    refused("setting: {wavelet: morl}\nimageType: {Wavelet: {}}\n", ".yaml",
            ":1: wavelet must be a discrete wavelet");
    params_destroy(good("setting: {resampledPixelSpacing: [1], interpolator: }\n"));
    params_destroy(good("setting: {distances: []}\nfeatureClass: {glrlm: , firstorder: }\n"));
    params_destroy(good("setting: {binWidth: .inf, binCount: 8}\n"));
    params_destroy(good("setting: {binWidth: .inf}\nfeatureClass: {shape: }\n"));
    params_destroy(good("setting: {wavelet: morl}\n"));
    params_destroy(good("setting: {lbp3DLevels: 1}\n"));
    params_destroy(good("imageType:\n  LBP3D: {lbp3DLevels: 1}\n")); /* nothing of a flat image */
    const char *const setting[] = {"resegmentRange=1,2,3"};
    const struct params_source source = {
        .text = "setting: {resegmentRange: [1]}", .setting = setting, .n_settings = 1};
    struct params *p;
    struct err e = {0};
    assert_false(params_create(&source, &p, &e));
    assert_int_equal(e.code, ERR_USAGE);
    assert_string_equal(e.text, "--setting resegmentRange: it must have one or two values");
}

static void interpolators_have_names_and_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum interpolator expected;
    } row[] = {
        {"sitkNearestNeighbor", INTERP_NEAREST},
        {"sitkBlackmanWindowedSinc", INTERP_BLACKMAN_SINC},
        {"1", INTERP_NEAREST},
        {"3", INTERP_BSPLINE},
        {"10", INTERP_BLACKMAN_SINC},
        {"true", INTERP_NEAREST},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        char text[96];
        snprintf(text, sizeof text, "setting:\n  interpolator: %s\n", row[i].text);
        struct params *p = good(text);
        assert_int_equal(p->settings.resample.interpolator, row[i].expected);
        params_destroy(p);
    }
}

static void image_types_merge_their_own_settings(void **state)
{
    (void)state;
    struct params *p = good("imageType:\n  Original: {binWidth: 10}\n  LoG: {sigma: [1, 2.0]}\n"
                            "setting:\n  sigma: [5]\n  binWidth: 30\n");
    assert_int_equal(p->n_image_types, 2);
    assert_true(p->image_type[0].image.discretise.bin_width == 10);
    assert_true(p->image_type[1].image.discretise.bin_width == 30);
    assert_int_equal(log_of(p, 1)->sigma_mm.n, 2);
    assert_true(log_of(p, 1)->sigma_mm.is_int[0]);
    assert_false(log_of(p, 1)->sigma_mm.is_int[1]);
    assert_string_equal(p->image_types_text,
                        "{'Original': {'binWidth': 10}, 'LoG': {'sigma': [1, 2.0]}}");
    params_destroy(p);
}

/* Two responses of one name share their columns; those behind them keep their own. */
static void a_repeated_response_is_one_column(void **state)
{
    (void)state;
    struct params *p = good("imageType: {Original: {}, LoG: {sigma: [1, 1, 2.0]}}\n"
                            "featureClass: {firstorder: [Mean, Median]}\n");
    struct columns c;
    struct err e;
    static const size_t first[] = {2, 2, 4};
    assert_true(columns_create(p, 3, &c, &e));
    assert_int_equal(c.n, 6);
    for (int i = 0; i < 3; i++) {
        const struct response response = {.request = 1, .index = i};
        const char *image;
        assert_int_equal(columns_of(&c, p, &response, 0, &image), first[i]);
        assert_string_equal(image, c.item[first[i]].image);
    }
    check_column(&c.item[5], "log-sigma-2-0-mm-3D_firstorder_Median");
    columns_free(&c);
    params_destroy(p);
}

static void json_files_are_read(void **state)
{
    (void)state;
    struct err e;
    struct params *p = create("{\"setting\": {\"binWidth\": 5, \"binWidth\": 7.5}}", ".json", &e);
    assert_non_null(p);
    assert_true(p->settings.image.discretise.bin_width == 7.5);
    params_destroy(p);
    refused("setting: {}", ".json", "not JSON");
    refused("setting: {}", ".txt", "not .yaml, .yml or .json");
    refused("setting: {}", ".YAML", "not .yaml, .yml or .json");
}

static void faults_are_named_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } row[] = {
        {"", "p.yaml:1: the file is empty"},
        {"- 1\n", ":1: a parameter file is a mapping, not a list"},
        {"settings: {}\n", ":1: unknown section \"settings\": did you mean \"setting\"?"},
        {"setting:\n", ":1: setting must be a mapping, not a null"},
        {"setting:\n  label: 1\n  binwidth: 5\n",
         ":3: unknown setting \"binwidth\": did you mean \"binWidth\"?"},
        {"setting: {kernelRadius: 1}\n", "unknown setting \"kernelRadius\""},
        {"setting: {enableCExtensions: true}\n", "unknown setting \"enableCExtensions\""},
        {"voxelSetting: {binWidth: 1}\n", "unknown voxel setting \"binWidth\""},
        {"imageType: {wavelet: {}}\n", "unknown image type \"wavelet\": did you mean \"Wavelet\"?"},
        {"imageType:\n  Original:\n", ":2: Original must be a mapping, not a null"},
        {"imageType: {Original: {kernelRadius: 1}}\n", "unknown setting \"kernelRadius\""},
        {"featureClass: {GLCM: }\n", "unknown feature class \"GLCM\""},
        {"featureClass:\n  glcm: [Contrast,\n    Contrst]\n",
         ":3: unknown feature \"Contrst\": did you mean \"Contrast\"?"},
        {"featureClass: {glcm: Contrast}\n", "glcm must be empty or a list of features"},
        {"featureClass: {glcm: [null]}\n", "unknown feature"},
        {"setting: {label: 1.0}\n", "label must be an integer, not float \"1.0\""},
        {"setting: {label: true}\n", "label must be an integer, not bool \"true\""},
        {"setting: {label: 0}\n", "label is 0, but must be >= 1"},
        {"setting: {label_channel: -1}\n", "label_channel is -1, but must be >= 0"},
        {"setting: {minimumROIDimensions: 4}\n", "must lie in 1..3"},
        {"setting: {force2Ddimension: 3}\n", "must lie in 0..2"},
        {"setting: {binWidth: 0}\n", "binWidth is 0, but must be > 0"},
        {"setting: {binWidth: }\n", "binWidth is used, so it must be set to a value, not null"},
        {"setting: {gldm_a: }\n", "gldm_a must be set to a value, not a null"},
        {"imageType:\n  Square: {label: 2}\n", ":2: Square: label is one for all image types"},
        {"setting: {binWidth: '5'}\n", "binWidth must be a number, not text \"5\""},
        {"setting: {binWidth: true}\n", "binWidth must be a number, not bool"},
        {"setting: {binCount: 0.5}\n", "binCount must be an integer"},
        {"setting: {normalize: yes}\n", "normalize must be true or false, not text \"yes\""},
        {"setting: {normalize: 1}\n", "normalize must be true or false, not int \"1\""},
        {"setting: {distances: 1}\n", "distances must be a list of integers, not int \"1\""},
        {"setting: {distances: [1.0]}\n", "distances must be an integer"},
        {"setting: {distances: [0]}\n", "distances is 0, but must be >= 1"},
        {"setting: {sigma: [0]}\n", "sigma is 0, but must be > 0"},
        {"setting: {resampledPixelSpacing: [-1]}\n", "must be >= 0"},
        {"setting: {interpolator: linear}\n", "interpolator must be one of sitkNearestNeighbor"},
        {"setting: {interpolator: 11}\n", "interpolator must be one of"},
        {"setting: {interpolator: false}\n", "interpolator must be one of"},
        {"setting: {resegmentMode: Sigma}\n", "resegmentMode must be one of absolute"},
        {"setting: {weightingNorm: none}\n", "weightingNorm must be one of manhattan"},
        {"setting: {lbp2DMethod: nri}\n", "lbp2DMethod must be one of default"},
        {"setting: {wavelet: coif18}\n", "wavelet must be the name of a wavelet"},
        {"setting: {wavelet: }\n", "wavelet must be set to a value"},
        {"setting: {lbp2DSamples: 0}\n", "lbp2DSamples is 0"},
        {"setting: {lbp3DLevels: 0}\n", "lbp3DLevels is 0"},
        {"setting: {level: 0}\n", "level is 0"},
        {"setting: {level: 101}\n", "level is 101, but must lie in 1..100"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        refused(row[i].text, ".yaml", row[i].message);
}

static void wavelet_names_are_those_of_pywavelets(void **state)
{
    (void)state;
    static const char *const names[] = {"haar",    "db1",     "db38", "sym20", "coif17",
                                        "bior6.8", "rbio1.1", "dmey", "mexh",  "cgau8"};
    static const char *const wrong[] = {"db0", "db39", "db", "db01", "sym1", "bior1.2", "Haar"};
    char text[64];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(text, sizeof text, "setting: {wavelet: %s}\n", names[i]);
        params_destroy(good(text));
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(text, sizeof text, "setting: {wavelet: %s}\n", wrong[i]);
        refused(text, ".yaml", "wavelet must be");
    }
}

static struct params *with_overrides(const char *const *setting, size_t n, int64_t label,
                                     struct err *e)
{
    const struct params_source source = {
        .preset = "ct", .setting = setting, .n_settings = n, .label = label};
    struct params *p = NULL;
    *e = (struct err){0};
    return params_create(&source, &p, e) ? p : NULL;
}

static void overrides_win_over_the_file(void **state)
{
    (void)state;
    static const char *const setting[] = {"binWidth=10", "distances=1,3", "sigma=[2]",
                                          "resampledPixelSpacing=", "kernelRadius=2"};
    struct err e;
    struct params *p = with_overrides(setting, 5, 4, &e);
    assert_non_null(p);
    assert_true(p->settings.image.discretise.bin_width == 10 && p->settings.load.label == 4);
    assert_true(p->settings.image.family.distances.n == 2 &&
                p->settings.image.family.distances.item[1] == 3);
    assert_int_equal(log_of(p, 1)->sigma_mm.n, 4);
    assert_false(p->settings.resample.has_resampled_pixel_spacing);
    assert_int_equal(p->settings.voxel.kernel_radius, 2);
    assert_non_null(strstr(p->settings_text, "'label': 4, 'additionalInfo': True"));
    assert_non_null(strstr(p->settings_text, "'binWidth': 10, 'sigma': [2], 'kernelRadius': 2}"));
    params_destroy(p);

    static const char *const flag[] = {"force2D=1", "symmetricalGLCM=0"};
    p = with_overrides(flag, 2, 0, &e);
    assert_non_null(p);
    assert_true(p->settings.image.family.force_2d && !p->settings.image.family.symmetrical_glcm);
    params_destroy(p);

    static const struct {
        const char *setting, *message;
    } row[] = {
        {"binWidth", "not KEY=VALUE"},
        {"binwidth=1", "did you mean \"binWidth\"?"},
        {"binWidth=x", "binWidth must be a number"},
        {"label=0", "label is 0"},
        {"distances=[1", "--setting distances=[1"},
        {"binWidth=", "--setting binWidth: it is used"},
        {"force2D=2", "force2D must be true or false"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        assert_null(with_overrides(&row[i].setting, 1, 0, &e));
        assert_int_equal(e.code, ERR_USAGE);
        if (!strstr(e.text, row[i].message))
            fail_msg("\"%s\" is not in \"%s\"", row[i].message, e.text);
    }
}

static void presets_have_the_columns_they_promise(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t columns;
    } row[] = {{"ct", 1223}, {"mr", 386}, {"pet-fdg", 1130}, {"pet-psma", 1130}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const struct params_source source = {.preset = row[i].name};
        struct params *p;
        struct err e;
        struct columns columns;
        assert_true(params_create(&source, &p, &e));
        assert_true(columns_create(p, 3, &columns, &e));
        assert_int_equal(columns.n, row[i].columns);
        columns_free(&columns);
        params_destroy(p);
    }
    const struct params_source unknown = {.preset = "us"}, both = {.preset = "ct", .text = "x"};
    struct params *p;
    struct err e;
    assert_false(params_create(&unknown, &p, &e));
    assert_int_equal(e.code, ERR_USAGE);
    assert_non_null(strstr(e.text, "\"us\" (radfeat --list presets)"));
    const struct params_source slip = {.preset = "ibsi1_a"};
    assert_false(params_create(&slip, &p, &e));
    assert_non_null(strstr(e.text, "did you mean \"ibsi1-a\"?"));
    assert_false(params_create(&both, &p, &e));
    assert_int_equal(e.code, ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_file_the_defaults_hold),
        cmocka_unit_test(a_file_without_classes_enables_all),
        cmocka_unit_test(classes_keep_file_order_with_shape_first),
        cmocka_unit_test(deprecated_features_come_by_name_only),
        cmocka_unit_test(every_setting_arrives),
        cmocka_unit_test(null_clears_what_may_be_null),
        cmocka_unit_test(null_may_stand_for_what_nothing_uses),
        cmocka_unit_test(refuses_values_with_which_no_case_can_succeed),
        cmocka_unit_test(interpolators_have_names_and_numbers),
        cmocka_unit_test(image_types_merge_their_own_settings),
        cmocka_unit_test(a_repeated_response_is_one_column),
        cmocka_unit_test(json_files_are_read),
        cmocka_unit_test(faults_are_named_with_their_line),
        cmocka_unit_test(wavelet_names_are_those_of_pywavelets),
        cmocka_unit_test(overrides_win_over_the_file),
        cmocka_unit_test(presets_have_the_columns_they_promise),
    };
    return cmocka_run_group_tests_name("params", tests, NULL, NULL);
}
