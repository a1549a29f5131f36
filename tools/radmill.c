/* The front that users of rtpipeline know: one command line for pipeline.mk. */
#include "base/mem.h"
#include "cli/opt.h"
#include "graph/spawn.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct opts {
    const char *outdir, *dicom_root, *custom, *autoseg, *autoseg_model, *params, *params_ct;
    const char *params_mr, *params_pt, *preset, *suv, *sets, *tables, *engine, *logs, *bindir, *key;
    const char *mem_mb, *timeout, *course_dir;
    bool parallel, sequential;
    int64_t jobs;
};

#define TEXT(name, field, metavar, help)                                                           \
    {                                                                                              \
        name, 0, OPT_TEXT, offsetof(struct opts, field), metavar, help                             \
    }

static const struct opt table[] = {
    {"dicom-root", 0, OPT_DIR_IN, offsetof(struct opts, dicom_root), "DIR", "the DICOM tree"},
    {"outdir", 'o', OPT_DIR_OUT, offsetof(struct opts, outdir), "DIR", "where everything goes"},
    {"custom-structures", 0, OPT_FILE_IN, offsetof(struct opts, custom), "FILE",
     "recipe of structures to build"},
    {"autoseg", 0, OPT_DIR_IN, offsetof(struct opts, autoseg), "DIR", "automatic masks"},
    TEXT("autoseg-model", autoseg_model, "NAME", "what made them: AutoRTS_NAME (default: total)"),
    {"params", 0, OPT_FILE_IN, offsetof(struct opts, params), "FILE", "pyradiomics parameter file"},
    {"radiomics-params", 0, OPT_FILE_IN, offsetof(struct opts, params), "FILE",
     "the same as --params"},
    {"params-ct", 0, OPT_FILE_IN, offsetof(struct opts, params_ct), "FILE", "for CT"},
    {"params-mr", 0, OPT_FILE_IN, offsetof(struct opts, params_mr), "FILE", "for MR"},
    {"params-pt", 0, OPT_FILE_IN, offsetof(struct opts, params_pt), "FILE", "for PET"},
    TEXT("preset", preset, "NAME", "built-in parameters: auto, ct, mr, pet-fdg or pet-psma"),
    TEXT("suv", suv, "KIND", "PET as standardised uptake values: bw"),
    TEXT("structure-sets", sets, "WHICH", "of a series: newest or all"),
    {"pseudonymize", 0, OPT_FILE_IN, offsetof(struct opts, key), "KEY",
     "pseudonyms in place of patient ids and paths, in folders and tables, from the key in this "
     "file (16 bytes or more)"},
    TEXT("tables", tables, "FORMATS", "of the table of all: csv, xlsx, sqlite"),
    {"parallel-radiomics", 0, OPT_FLAG, offsetof(struct opts, parallel), NULL,
     "several regions at once, whatever the environment says"},
    {"sequential-radiomics", 0, OPT_FLAG, offsetof(struct opts, sequential), NULL,
     "one region at a time"},
    {"jobs", 'j', OPT_INT, offsetof(struct opts, jobs), "N",
     "how many at once (default: automatic)", .min = 1, .max = 4096},
    TEXT("engine", engine, "NAME", "ninja or make"),
    TEXT("roi-mem-mb", mem_mb, "N", "most memory of a region"),
    TEXT("roi-timeout", timeout, "SECONDS", "most time of a region"),
    {"logs", 0, OPT_DIR_OUT, offsetof(struct opts, logs), "DIR", "where logs go"},
    {"bindir", 0, OPT_DIR_IN, offsetof(struct opts, bindir), "DIR",
     "executables to use in place of radmill's own"},
    {"course-dir", 0, OPT_DIR_IN, offsetof(struct opts, course_dir), "DIR",
     "instead of a DICOM tree: one folder with image.nii and masks/SOURCE/ROI.nii.gz, which gets "
     "features, radiomics.csv and status.csv; --outdir is not looked at"},
    {0}};

static const struct operand operands[] = {{0}};

/* Which option is which variable of pipeline.mk. */
static const struct variable {
    const char *name;
    size_t offset;
} variables[] = {
    {"DICOM_ROOT", offsetof(struct opts, dicom_root)},
    {"OUTDIR", offsetof(struct opts, outdir)},
    {"CUSTOM_STRUCTURES", offsetof(struct opts, custom)},
    {"AUTOSEG", offsetof(struct opts, autoseg)},
    {"AUTOSEG_MODEL", offsetof(struct opts, autoseg_model)},
    {"PARAMS", offsetof(struct opts, params)},
    {"PARAMS_CT", offsetof(struct opts, params_ct)},
    {"PARAMS_MR", offsetof(struct opts, params_mr)},
    {"PARAMS_PT", offsetof(struct opts, params_pt)},
    {"PRESET", offsetof(struct opts, preset)},
    {"SUV", offsetof(struct opts, suv)},
    {"STRUCTURE_SETS", offsetof(struct opts, sets)},
    {"PSEUDONYMIZE", offsetof(struct opts, key)},
    {"TABLES", offsetof(struct opts, tables)},
    {"ENGINE", offsetof(struct opts, engine)},
    {"ROI_MEM_MB", offsetof(struct opts, mem_mb)},
    {"ROI_TIMEOUT", offsetof(struct opts, timeout)},
    {"LOGS", offsetof(struct opts, logs)},
    {"BINDIR", offsetof(struct opts, bindir)},
    {"COURSE_DIR", offsetof(struct opts, course_dir)},
};

static bool check(const void *values, struct err *e)
{
    const struct opts *o = values;
    if (!o->outdir && !o->course_dir)
        return err_set(e, ERR_USAGE, "--outdir or --course-dir is needed");
    if (o->course_dir && o->dicom_root)
        return err_set(e, ERR_USAGE, "--course-dir and --dicom-root");
    if (o->parallel && o->sequential)
        return err_set(e, ERR_USAGE, "--parallel-radiomics and --sequential-radiomics");
    return true;
}

/* pipeline.mk is installed in ../share/radmill, or stands above bin in the sources. */
static char *find_pipeline(const char *bin, struct err *e)
{
    static const char *const places[] = {"../share/radmill", "..", "../..", "../../..", NULL};
    for (const char *const *place = places; *place; place++) {
        struct str s = {0};
        str_addf(&s, "%s/%s/pipeline.mk", bin, *place);
        char *found = realpath(s.text, NULL);
        str_free(&s);
        if (found)
            return found;
    }
    err_set(e, ERR_FAILED, "no pipeline.mk near %s", bin);
    return NULL;
}

/* "NAME=value", dollars doubled for make. */
static void add_variable(struct str_list *argv, const char *name, const char *value)
{
    struct str s = {0};
    str_addf(&s, "%s=", name);
    for (; *value; value++) {
        if (*value == '$')
            str_add_char(&s, '$');
        str_add_char(&s, *value);
    }
    str_list_add(argv, s.text);
    str_free(&s);
}

static void build_command(const struct opts *o, const char *pipeline, const char *bin, int fd,
                          struct str_list *argv)
{
    static const char *const make[] = {"make", "--no-print-directory", "-s", "-f"};
    char number[32];
    for (size_t i = 0; i < sizeof make / sizeof make[0]; i++)
        str_list_add(argv, make[i]);
    str_list_add(argv, pipeline);
    if (o->jobs || o->sequential) {
        snprintf(number, sizeof number, "-j%d", o->sequential ? 1 : (int)o->jobs);
        str_list_add(argv, number);
    }
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = *(const char *const *)((const char *)o + variables[i].offset);
        if (value)
            add_variable(argv, variables[i].name, value);
    }
    snprintf(number, sizeof number, "%d", fd);
    add_variable(argv, "STATUS_FD", number);
    add_variable(argv, "PIPELINE_BIN", bin);
    struct str home = {0};
    str_add_n(&home, pipeline, (size_t)(path_base(pipeline) - pipeline));
    add_variable(argv, "PIPELINE_HOME", home.text);
    str_free(&home);
    str_list_add(argv, "pipeline");
}

/* Make ends with 2 whatever went wrong below it: what radrun ended with comes through a pipe. */
static bool run_make(struct str_list *argv, const int ends[2], struct err *e)
{
    int status = 0;
    unsigned char code = ERR_FAILED;
    const char **words = mem_must(calloc(argv->n + 1, sizeof *words));
    for (size_t i = 0; i < argv->n; i++)
        words[i] = argv->item[i];
    bool ok = spawn_wait(words, NULL, &status, e);
    close(ends[1]);
    free(words);
    bool told = read(ends[0], &code, 1) == 1;
    close(ends[0]);
    if (!ok || status == 0)
        return ok;
    return err_set(e, told ? (enum err_code)code : ERR_FAILED,
                   "the run did not end well (see above)");
}

static bool run(const void *values, struct err *e)
{
    const struct opts *o = values;
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    int ends[2];
    if (n < 0 || pipe(ends) != 0)
        return err_errno(e, "cannot start");
    self[n] = '\0';
    if (o->parallel) /* an option beats a variable */
        setenv("RTPIPELINE_USE_PARALLEL_RADIOMICS", "1", 1);
    struct str_list argv = {0};
    char *bin = path_dir(self), *pipeline = find_pipeline(bin, e);
    bool ok = pipeline != NULL;
    if (ok) {
        build_command(o, pipeline, bin, ends[1], &argv);
        ok = run_make(&argv, ends, e);
    }
    str_list_free(&argv);
    free(pipeline);
    free(bin);
    return ok;
}

static const char *const synopsis[] = {"--dicom-root DIR --outdir DIR [OPTION]...",
                                       "--course-dir DIR [--custom-structures FILE]", NULL};
static const char *const examples[] = {"radmill --dicom-root /data/cohort --outdir /data/out -j 8",
                                       "radmill --outdir /data/out", NULL};

const struct tool tool = {
    .name = "radmill",
    .summary = "radiomics of a cohort: DICOM tree in, tables out",
    .synopsis = synopsis,
    .description = "The same as make with pipeline.mk. What was given is remembered in the output "
                   "folder; --outdir alone repeats it and runs what is stale or failed.",
    .opts = table,
    .operands = operands,
    .examples = examples,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = run};
