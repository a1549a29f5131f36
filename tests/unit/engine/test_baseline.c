/* pyradiomics' own baselines (its data/baseline folder), value for value: brain1, brain2, breast1
 * in every class and every variant of settings that the tables hold, diagnostics included. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"
#include "engine/engine.h"
#include "engine/load/load.h"
#include "engine/result/diagnostics.h"
#include "io/atomic.h"
#include "io/csv.h"
#include "io/volume_file.h"
#include "shim/yaml.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double relative = 1e-10; /* many of the stored numbers have 12 digits */

/* Stored before the surface mesh changed; pyradiomics 3.0.1 itself gives the values here. */
static const struct {
    const char *column, *feature;
    double value;
} stale[] = {
    {"brain1", "original_shape_MeshVolume", 16147.51180013021},
    {"brain1", "original_shape_SurfaceArea", 6438.821603779402},
    {"brain1", "original_shape_Sphericity", 0.4798234536231475},
    {"brain1", "original_shape_SurfaceVolumeRatio", 0.3987500788652454},
};

struct table {
    struct str_list *row; /* row[0]: names of the columns */
    size_t n;
};

static struct table read_table(const char *path)
{
    struct err e;
    size_t bytes;
    char *text = file_read(path, 4 << 20, &bytes, &e);
    assert_non_null(text);
    struct table t = {0};
    const char *at = text;
    struct str_list record = {0};
    while (csv_record(&at, &record)) {
        t.row = mem_grow(t.row, t.n + 1, sizeof *t.row);
        t.row[t.n++] = record;
        record = (struct str_list){0};
    }
    str_list_free(&record);
    free(text);
    return t;
}

static void free_table(struct table *t)
{
    for (size_t i = 0; i < t->n; i++)
        str_list_free(&t->row[i]);
    free(t->row);
}

static const char *cell(const struct table *t, const char *row, size_t column)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->row[i].item[0], row) == 0)
            return t->row[i].item[column];
    return NULL;
}

/* A Python dictionary is a YAML mapping but for the word None. */
static struct params *params_of(const char *settings, const char *class)
{
    struct str text = {0};
    str_add(&text, "setting: ");
    for (const char *c = settings; *c; c++)
        if (strncmp(c, "None", 4) == 0)
            str_add(&text, "null"), c += 3;
        else
            str_add_char(&text, *c);
    str_addf(&text, "\nfeatureClass: {%s: }\n", class);
    char path[] = "/tmp/radmill-baseline-XXXXXX.yaml";
    int fd = mkstemps(path, 5);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "w");
    fputs(text.text, f);
    fclose(f);
    const struct params_source source = {.path = path};
    struct params *p;
    struct err e;
    if (!params_create(&source, &p, &e))
        fail_msg("%s", e.text);
    remove(path);
    str_free(&text);
    return p;
}

/* The flat labels of shape2D are single slices of the labels that we have. */
static void keep_slice(struct volume *mask, const char *name)
{
    static const struct {
        const char *name;
        int64_t z;
    } slice[] = {{"brain1", 16}, {"brain2", 8}, {"breast1", 9}};
    size_t plane = (size_t)(mask->grid.size[0] * mask->grid.size[1]) * pixel_size(mask->type);
    for (size_t i = 0; i < sizeof slice / sizeof *slice; i++)
        for (int64_t z = 0; strcmp(slice[i].name, name) == 0 && z < mask->grid.size[2]; z++)
            if (z != slice[i].z)
                memset((char *)mask->data + (size_t)z * plane, 0, plane);
}

static struct volume open_volume(const char *data, const char *name, const char *suffix)
{
    struct volume v;
    struct err e;
    char path[512];
    snprintf(path, sizeof path, "%s/pyradiomics/%s_%s.nrrd", data, name, suffix);
    if (!volume_file_read(path, &v, &e))
        fail_msg("%s", e.text);
    return v;
}

static struct result measure(const char *data, const char *name, const struct params *p, bool flat)
{
    struct volume image = open_volume(data, name, "image"), mask = open_volume(data, name, "label");
    struct result result = {.log = mem_must(calloc(1, sizeof *result.log))};
    struct rcase c = {0};
    struct err e = {0};
    if (flat)
        keep_slice(&mask, name);
    if (!load_from_volumes(&image, &mask, NULL, &p->settings.load, result.log, &c, &e) ||
        !engine_measure(p, &c, &result, &e))
        fail_msg("%s: %s", name, e.text);
    rcase_free(&c);
    volume_free(&mask);
    return result;
}

static bool close_to(double a, double b)
{
    return a == b || fabs(a - b) <= relative * fmax(fabs(a), fabs(b)) ||
           (fabs(a) < 1e-12 && fabs(b) < 1e-12);
}

static double expected_value(const char *column, const char *feature, const char *text)
{
    for (size_t i = 0; i < sizeof stale / sizeof *stale; i++)
        if (strcmp(stale[i].column, column) == 0 && strcmp(stale[i].feature, feature) == 0)
            return stale[i].value;
    double value;
    assert_true(num_parse_double(text, &value));
    return value;
}

static int compare_features(const struct table *t, size_t column, const struct result *result)
{
    int compared = 0;
    for (size_t i = 0; i < result->n; i++) {
        const struct result_value *v = &result->item[i];
        struct str name = {0};
        column_name(&name, &result->columns.item[v->column]);
        const char *text = cell(t, name.text, column);
        if (!text)
            fail_msg("%s has no row %s", t->row[0].item[column], name.text);
        double expected = expected_value(t->row[0].item[column], name.text, text);
        if (!close_to(v->value.value, expected))
            fail_msg("%s, %s: %.17g, but pyradiomics has %s", t->row[0].item[column], name.text,
                     v->value.value, text);
        str_free(&name);
        compared++;
    }
    return compared;
}

/* Numbers of a tuple or a number; other texts must be equal. */
static bool same_text(const char *a, const char *b)
{
    static const char *const skip = "(), ";
    while (*a && *b) {
        a += strspn(a, skip), b += strspn(b, skip);
        char *end_a, *end_b;
        double x = strtod(a, &end_a), y = strtod(b, &end_b);
        if (end_a == a || end_b == b)
            return strcmp(a, b) == 0;
        if (!close_to(x, y))
            return false;
        a = end_a, b = end_b;
        a += strspn(a, skip), b += strspn(b, skip);
    }
    return *a == *b;
}

static int compare_diagnostics(const struct table *t, size_t column, const struct params *p,
                               const struct result *result)
{
    struct diagnostics d;
    int compared = 0;
    assert_true(diagnostics_list(p, result->log, &d, NULL));
    for (size_t i = 0; i < d.n; i++) {
        char name[96] = "diagnostics_";
        const char *text = cell(t, strcat(name, d.item[i].name), column);
        if (!text || !*text || strstr(name, "Versions") || strstr(name, "Configuration"))
            continue;
        assert_non_null(d.item[i].text);
        if (!same_text(d.item[i].text, text))
            fail_msg("%s, %s: %s, but pyradiomics has %s", t->row[0].item[column], name,
                     d.item[i].text, text);
        compared++;
    }
    diagnostics_free(&d);
    return compared;
}

static bool have_image(const char *name)
{
    return strcmp(name, "brain1") == 0 || strcmp(name, "brain2") == 0 ||
           strcmp(name, "breast1") == 0;
}

static void class_equals_its_baseline(void **state)
{
    const char *class = *state, *data = getenv("RADMILL_TEST_DATA");
    char path[512];
    snprintf(path, sizeof path, "%s/pyradiomics/baseline/baseline_%s.csv", data ? data : "", class);
    FILE *there = fopen(path, "r");
    if (!there) {
        print_message("no pyradiomics data in RADMILL_TEST_DATA\n");
        skip();
    }
    fclose(there);
    struct table t = read_table(path);
    bool flat = strcmp(class, "shape2D") == 0;
    int columns = 0, values = 0;
    for (size_t i = 1; i < t.row[0].n; i++) {
        char name[16];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(t.row[0].item[i], "_"), t.row[0].item[i]);
        if (!have_image(name))
            continue;
        struct params *p = params_of(cell(&t, "diagnostics_Configuration_Settings", i), class);
        struct result result = measure(data, name, p, flat);
        int n = compare_features(&t, i, &result);
        assert_true(n >= 5);
        if (!flat)
            assert_true(compare_diagnostics(&t, i, p, &result) >= 6);
        values += n;
        columns++;
        result_free(&result);
        params_destroy(p);
    }
    assert_true(columns >= 3);
    print_message("%d values of %d columns\n", values, columns);
    free_table(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"shape", class_equals_its_baseline, .initial_state = "shape"},
        {"shape2D", class_equals_its_baseline, .initial_state = "shape2D"},
        {"firstorder", class_equals_its_baseline, .initial_state = "firstorder"},
        {"glcm", class_equals_its_baseline, .initial_state = "glcm"},
        {"gldm", class_equals_its_baseline, .initial_state = "gldm"},
        {"glrlm", class_equals_its_baseline, .initial_state = "glrlm"},
        {"glszm", class_equals_its_baseline, .initial_state = "glszm"},
        {"ngtdm", class_equals_its_baseline, .initial_state = "ngtdm"},
    };
    return cmocka_run_group_tests_name("baseline", tests, NULL, NULL);
}
