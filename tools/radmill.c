/* The pipeline with options: the same settings as make's variables, from the same table. */
#include "cli/opt.h"
#include "graph/home.h"
#include "graph/run.h"
#include "graph/why.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct opts {
    const char *value[SETTINGS];
    bool parallel, sequential, task[RUN_TASKS];
    const char *why;
    int64_t jobs;
};

static const struct opt own[] = {
    {"parallel-radiomics", 0, OPT_FLAG, offsetof(struct opts, parallel), NULL,
     "several regions at once, whatever the environment says"},
    {"sequential-radiomics", 0, OPT_FLAG, offsetof(struct opts, sequential), NULL,
     "one region at a time"},
    {"jobs", 'j', OPT_INT, offsetof(struct opts, jobs), "N", "how many at once", .min = 1,
     .max = 4096, .otherwise = "automatic"},
    {"why", 0, OPT_FILE_IN, offsetof(struct opts, why), "FILE",
     "run nothing; tell what this product was made from, back to its DICOM series: inputs with "
     "digests, parameters, release"},
};
enum { OWN = sizeof own / sizeof own[0] };

/* Every setting, some under a second spelling, then the options above. */
static struct opt table[2 * SETTINGS + RUN_TASKS + OWN + 1];
static char spelling[SETTINGS][SETTING_OPTION_SIZE];
static char same_as[SETTINGS][SETTING_OPTION_SIZE + 16];

static struct opt option_of(enum setting which)
{
    const struct setting_info *i = &settings_table[which];
    return (struct opt){.name = settings_option(which, spelling[which]),
                        .letter = i->letter,
                        .type = OPT_TEXT,
                        .offset = offsetof(struct opts, value) + which * sizeof(const char *),
                        .metavar = i->metavar,
                        .help = i->help,
                        .choices = i->choices,
                        .otherwise = i->fallback ? i->fallback : i->otherwise};
}

static void prepare(void)
{
    size_t n = 0;
    for (int i = 0; i < SETTINGS; i++) {
        table[n++] = option_of(i);
        if (!settings_table[i].alias)
            continue;
        table[n] = table[n - 1];
        snprintf(same_as[i], sizeof same_as[i], "the same as --%.31s", spelling[i]);
        table[n].name = settings_table[i].alias;
        table[n].help = same_as[i];
        table[n++].otherwise = NULL;
    }
    for (int i = RUN_ALL + 1; i < RUN_TASKS; i++)
        table[n++] = (struct opt){.name = run_tasks[i].name,
                                  .type = OPT_FLAG,
                                  .offset = offsetof(struct opts, task) + (size_t)i * sizeof(bool),
                                  .help = run_tasks[i].help};
    memcpy(table + n, own, sizeof own);
}

static const struct operand operands[] = {{0}};

static bool check(const void *values, struct err *e)
{
    const struct opts *o = values;
    int tasks = o->why != NULL;
    for (int i = 0; i < RUN_TASKS; i++)
        tasks += o->task[i];
    if (tasks > 1)
        return err_set(e, ERR_USAGE,
                       "one of --scan, --retry, --status, --verify, --slurm, --slurm-files, "
                       "--slurm-merge and --why at a time");
    if (o->why)
        return true;
    if (!o->value[SET_OUTDIR] && !o->value[SET_COURSE_DIR])
        return err_set(e, ERR_USAGE, "--outdir or --course-dir is needed");
    if (o->value[SET_COURSE_DIR] && o->value[SET_DICOM_ROOT])
        return err_set(e, ERR_USAGE, "--course-dir and --dicom-root");
    if (o->task[RUN_VERIFY] && !o->value[SET_OUTDIR])
        return err_set(e, ERR_USAGE, "--verify needs --outdir");
    if (o->parallel && o->sequential)
        return err_set(e, ERR_USAGE, "--parallel-radiomics and --sequential-radiomics");
    return true;
}

static void request_settings(const struct opts *o, struct str_list *set)
{
    for (int i = 0; i < SETTINGS; i++) {
        if (!o->value[i])
            continue;
        struct str s = {0};
        str_addf(&s, "--%s=%s", spelling[i], o->value[i]);
        str_list_add(set, s.text);
        str_free(&s);
    }
}

static enum run_task task_of(const struct opts *o)
{
    for (int i = 0; i < RUN_TASKS; i++)
        if (o->task[i])
            return (enum run_task)i;
    return RUN_ALL;
}

static bool radmill_run(const void *values, struct err *e)
{
    const struct opts *o = values;
    if (o->why)
        return why_tell(o->why, e);
    if (o->parallel) /* options win over variables */
        setenv("RTPIPELINE_USE_PARALLEL_RADIOMICS", "1", 1);
    char *bin = NULL, *rules = NULL;
    struct run_request request = {.jobs = o->sequential ? 1 : (int)o->jobs, .task = task_of(o)};
    bool ok = home_find(&bin, &rules, e);
    request.bin = bin;
    request.rules = rules;
    request_settings(o, &request.set);
    ok = ok && run_cohort(&request, e);
    str_list_free(&request.set);
    free(bin);
    free(rules);
    return ok;
}

static const char *const synopsis[] = {
    "--dicom-root DIR --outdir DIR [OPTION]...",
    "--outdir DIR --scan|--retry|--status|--verify",
    "--outdir DIR --slurm|--slurm-files|--slurm-merge [OPTION]...",
    "--why FILE",
    "--course-dir DIR [--custom-structures FILE]",
    NULL};
static const char *const examples[] = {
    "radmill --dicom-root /data/cohort --outdir /data/out -j 8", "radmill --outdir /data/out",
    "radmill --outdir /data/out --verify", "radmill --outdir /data/out --params ''", NULL};

const struct tool radmill_tool = {
    .name = "radmill",
    .summary = "radiomics of a cohort: DICOM tree in, tables out",
    .synopsis = synopsis,
    .description =
        "The same as make with pipeline.mk. What was given is remembered in the output folder; "
        "--outdir alone repeats it and runs what is stale or failed. An empty value forgets a "
        "setting. An explicit -j decides how many run at once, else "
        "RTPIPELINE_USE_PARALLEL_RADIOMICS and RTPIPELINE_RADIOMICS_WORKERS do.",
    .opts = table,
    .operands = operands,
    .examples = examples,
    .opts_size = sizeof(struct opts),
    .prepare = prepare,
    .check = check,
    .run = radmill_run};
