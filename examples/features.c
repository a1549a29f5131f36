/* Features of a ball in memory, with libradmill: values with everything that is known of them.
 *
 *     cc features.c $(pkg-config --cflags --libs radmill) -lm -o features && ./features
 * [PARAMS.yaml]
 *     ./features --course COURSE_FOLDER OUTDIR [RECIPE]     the radiomics of one course folder
 *     ./features --run DICOM_ROOT OUTDIR                    a whole cohort
 */
#include "ball.h"

#include <stdio.h>
#include <string.h>

static bool progress(void *user, size_t done, size_t all, const char *image, const char *family)
{
    (void)user;
    fprintf(stderr, "%zu of %zu: %s of %s\n", done, all, family, image);
    return true; /* false: stop here */
}

static void warning(void *user, const char *text)
{
    (void)user;
    fprintf(stderr, "warning: %s\n", text);
}

static void print(const struct radmill_result *r)
{
    struct radmill_diagnostic d = RADMILL_INIT(radmill_diagnostic);
    struct radmill_value v = RADMILL_INIT(radmill_value);
    printf("radmill %s, %zu features\n", radmill_version(), radmill_result_count(r));
    for (size_t i = 0; radmill_result_diagnostic(r, i, &d); i++)
        printf("%s %s\n", d.name, d.text);
    for (size_t i = 0; radmill_result_value(r, i, &v); i++)
        printf("%-60s %.9g %s %s %s %s\n", v.name, v.value, v.unit, v.code, v.aggregation,
               v.reason);
}

/* The same by one call, as a binding of another language reads it. */
static void print_table(const struct radmill_result *r)
{
    struct radmill_table t = RADMILL_INIT(radmill_table);
    size_t undefined = 0;
    if (!radmill_result_table(r, &t))
        return;
    for (size_t i = 0; i < t.values; i++)
        undefined += t.value[i] != t.value[i];
    printf("%zu values, %zu of them not defined, from %s\n", t.values, undefined, t.texts);
}

static int in_memory(const char *params_file)
{
    struct ball ball = ball_make();
    struct radmill_error why = RADMILL_INIT(radmill_error);
    struct radmill_source source = RADMILL_INIT(radmill_source);
    struct radmill_options options = RADMILL_INIT(radmill_options);
    struct radmill_params *params;
    struct radmill_result *result = NULL;
    source.file = params_file;
    options.label = 1;
    options.warning = warning;
    options.progress = progress;
    bool ok = radmill_params_create(&source, &params, &why);
    if (ok && (ok = radmill_measure(params, &ball.image, &ball.mask, &options, &result, &why)))
        print(result), print_table(result);
    if (!ok)
        fprintf(stderr, "features: %s\n", why.text);
    radmill_result_destroy(result);
    radmill_params_destroy(params);
    return ok ? 0 : why.code;
}

static int by_tools(int n, char **word)
{
    struct radmill_config config = RADMILL_INIT(radmill_config);
    struct radmill_error why = RADMILL_INIT(radmill_error);
    config.output_root = word[1];
    config.enable_parallel = true;
    config.dicom_root = strcmp(word[-1], "--run") == 0 ? word[0] : NULL;
    if (config.dicom_root ? radmill_run(&config, &why)
                          : radmill_course(&config, word[0], n > 2 ? word[2] : NULL, &why))
        return 0;
    fprintf(stderr, "features: %s\n", why.text);
    return why.code;
}

int main(int argc, char **argv)
{
    if (argc > 3 && argv[1][0] == '-')
        return by_tools(argc - 2, argv + 2);
    return in_memory(argc > 1 ? argv[1] : NULL);
}
