/* A feature of pyradiomics' profile carries an IBSI code only where its value on the digital
 * phantom is the one that IBSI published: every claimed code is looked up, none goes unchecked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/radmill.h"
#include "base/str.h"
#include "engine/features/families.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NX = 5, NY = 4, NZ = 4, N = NX * NY * NZ };

static const char phantom[NZ][NY][NX + 1] = {
    {"14411", "14611", "41641", "44641"},
    {"14411", "11611", " 1311", "44611"},
    {"144  ", "11111", "11 11", "11611"},
    {"144  ", "11111", "11111", "11611"},
};

static const struct {
    const char *family, *code;
    double value[6]; /* by aggregation */
} textures[] = {
#include "../engine_features/ibsi_digital.inc"
};

static const struct {
    const char *family, *code;
    double value, tolerance;
} region[] = {
#include "ibsi_digital_region.inc"
};

/* The published value of a code: of pyradiomics' aggregation, which is the mean over the directions
 * of a volume (ITBB), or the one matrix of a volume (KOBO). */
static bool find_published(const struct family *f, const char *code, double *value,
                           double *tolerance)
{
    for (size_t i = 0; i < sizeof region / sizeof *region; i++)
        if (strcmp(region[i].family, f->name) == 0 && strcmp(region[i].code, code) == 0) {
            *value = region[i].value;
            *tolerance = region[i].tolerance;
            return true;
        }
    for (size_t i = 0; i < sizeof textures / sizeof *textures; i++)
        if (strcmp(textures[i].family, f->name) == 0 && strcmp(textures[i].code, code) == 0) {
            *value = textures[i].value[f->aggregates == AGGREGATES_DIRECTIONS ? 4 : 2];
            *tolerance = 0;
            return true;
        }
    return false;
}

/* Bins of width 1 and every feature by name, also the deprecated ones. */
static void write_params(struct str *text)
{
    str_add(text, "setting: {binWidth: 1}\nfeatureClass:\n");
    for (const struct family *const *f = pyradiomics_families; *f; f++) {
        str_addf(text, "  %s: [", (*f)->name);
        for (int i = 0; i < (*f)->n_features; i++)
            str_addf(text, "%s%s", i ? ", " : "", family_row(*f, i)->name);
        str_add(text, "]\n");
    }
}

static struct radmill_result *measure_phantom(void)
{
    int16_t value[N];
    uint8_t mask[N];
    for (int i = 0; i < N; i++) {
        char c = phantom[i / NX / NY][i / NX % NY][i % NX];
        mask[i] = c != ' ';
        value[i] = (int16_t)(c == ' ' ? 9 : c - '0'); /* what lies outside must not matter */
    }
    struct radmill_image image = {.size = sizeof image,
                                  .dims = 3,
                                  .shape = {NX, NY, NZ},
                                  .spacing_mm = {2, 2, 2},
                                  .direction = {1, 0, 0, 0, 1, 0, 0, 0, 1},
                                  .pixel = RADMILL_I16,
                                  .voxels = value};
    struct radmill_image roi = image;
    roi.pixel = RADMILL_U8;
    roi.voxels = mask;
    struct radmill_result *out = NULL;
    struct radmill_params *params;
    struct radmill_error e = RADMILL_INIT(radmill_error);
    struct radmill_source source = RADMILL_INIT(radmill_source);
    struct str text = {0};
    write_params(&text);
    source.text = text.text;
    if (!radmill_params_create(&source, &params, &e) ||
        !radmill_measure(params, &image, &roi, NULL, &out, &e))
        fail_msg("%s", e.text);
    radmill_params_destroy(params);
    str_free(&text);
    return out;
}

static double value_of(const struct radmill_result *all, const char *family, const char *name)
{
    char wanted[128];
    snprintf(wanted, sizeof wanted, "original_%s_%s", family, name);
    struct radmill_value v = RADMILL_INIT(radmill_value);
    for (size_t i = 0; radmill_result_value(all, i, &v); i++)
        if (strcmp(v.name, wanted) == 0)
            return v.value;
    return NAN;
}

/* IBSI compares after rounding to three significant digits. */
static double three_digits(double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.2e", value);
    return strtod(text, NULL);
}

static void every_code_has_its_published_value(void **state)
{
    (void)state;
    struct radmill_result *all = measure_phantom();
    size_t checked = 0;
    for (const struct family *const *f = pyradiomics_families; *f; f++)
        for (int i = 0; i < (*f)->n_features; i++) {
            const struct feature *row = family_row(*f, i);
            double published = NAN, tolerance = 0;
            if (!row->ibsi_code)
                continue;
            if (!find_published(*f, row->ibsi_code, &published, &tolerance))
                fail_msg("%s %s: no published value of %s", (*f)->name, row->name, row->ibsi_code);
            double value = value_of(all, (*f)->name, row->name);
            if (!(fabs(three_digits(value) - published) <= tolerance + 1e-12))
                fail_msg("%s %s: %.9g, but IBSI's %s is %g", (*f)->name, row->name, value,
                         row->ibsi_code, published);
            checked++;
        }
    assert_int_equal(checked, sizeof region / sizeof *region + sizeof textures / sizeof *textures);
    radmill_result_destroy(all);
}

/* Kurtosis is IBSI's plus 3, and axis lengths are of another variance: these bear no code. */
static void what_is_defined_otherwise_bears_no_code(void **state)
{
    (void)state;
    struct radmill_result *all = measure_phantom();
    const double unbiased = sqrt(74.0 / 73);
    assert_true(fabs(three_digits(value_of(all, "firstorder", "Kurtosis") - 3) + 0.355) <= 5e-4);
    assert_true(three_digits(value_of(all, "shape", "LeastAxisLength")) < 8.54 - 0.05);
    assert_true(fabs(value_of(all, "shape", "LeastAxisLength") * unbiased - 8.54) < 0.005);
    assert_true(fabs(value_of(all, "shape", "MinorAxisLength") * unbiased - 9.31) < 0.005);
    static const char *const without[] = {"IPH6", "TDIC", "P9VJ", "7J51"};
    for (const struct family *const *f = pyradiomics_families; *f; f++)
        for (int i = 0; i < (*f)->n_features; i++)
            for (int k = 0; k < 4; k++)
                assert_false(family_row(*f, i)->ibsi_code &&
                             strcmp(family_row(*f, i)->ibsi_code, without[k]) == 0);
    radmill_result_destroy(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_its_published_value),
        cmocka_unit_test(what_is_defined_otherwise_bears_no_code),
    };
    return cmocka_run_group_tests_name("IBSI codes", tests, NULL, NULL);
}
