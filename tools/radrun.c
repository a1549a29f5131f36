/* The pipeline as make's recipe: what pipeline.mk calls. */
#include "base/mem.h"
#include "cli/opt.h"
#include "graph/home.h"
#include "graph/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct opts {
    struct text_list take, set;
    const char *task;
    int describe;
};

static const char *const forms[] = {"no", "text", "md", NULL};

static const struct opt table[] = {
    {"take", 0, OPT_LIST, offsetof(struct opts, take), "NAME",
     "a variable of make's command line: a setting, whose value is in the environment; repeatable"},
    {"set", 0, OPT_LIST, offsetof(struct opts, set), "NAME=VALUE",
     "the same with its value; an empty one forgets the setting; repeatable"},
    {"task", 0, OPT_TEXT, offsetof(struct opts, task), "NAME",
     "what to do: run, scan, retry, status, verify, slurm, slurm-files or slurm-merge", "run"},
    {"settings", 0, OPT_CHOICE, offsetof(struct opts, describe), "FORMAT",
     "only print the table of settings", "no", forms},
    {0}};

static const struct operand operands[] = {{0}};

/* A name that the environment cannot hold is not a setting; settings_set reports it. */
static void request_settings(const struct opts *o, struct str_list *set)
{
    for (size_t i = 0; i < o->take.n; i++) {
        const char *value = getenv(o->take.item[i]);
        struct str s = {0};
        str_addf(&s, "%s=%s", o->take.item[i], value ? value : "");
        str_list_add(set, s.text);
        str_free(&s);
    }
    for (size_t i = 0; i < o->set.n; i++)
        str_list_add(set, o->set.item[i]);
}

static bool describe(int form)
{
    struct str text = {0};
    settings_describe(strcmp(forms[form], "md") == 0, &text);
    fputs(str_text(&text), stdout);
    str_free(&text);
    return true;
}

static bool radrun_run(const void *values, struct err *e)
{
    const struct opts *o = values;
    if (o->describe)
        return describe(o->describe);
    int task = 0;
    while (task < RUN_TASKS && strcmp(run_tasks[task].name, o->task) != 0)
        task++;
    if (task == RUN_TASKS)
        return err_set(e, ERR_USAGE, "--task %s: no such task", o->task);
    struct run_request request = {.task = task};
    request_settings(o, &request.set);
    char *bin = NULL, *rules = NULL;
    bool ok = home_find(&bin, &rules, e);
    request.bin = bin;
    request.rules = rules;
    ok = ok && run_cohort(&request, e);
    str_list_free(&request.set);
    free(bin);
    free(rules);
    return ok;
}

static const char *const synopsis[] = {"[--take NAME]... [--set NAME=VALUE]... [--task NAME]",
                                       "--settings text|md", NULL};

const struct tool radrun_tool = {
    .name = "radrun",
    .voice = "radmill",
    .summary = "run a cohort: scan, graph, one scheduler, tables",
    .synopsis = synopsis,
    .description =
        "Called by pipeline.mk, which takes settings from make's command line. The number of "
        "workers is MAKEFLAGS' -jN, else RTPIPELINE_USE_PARALLEL_RADIOMICS and "
        "RTPIPELINE_RADIOMICS_WORKERS, else automatic.",
    .opts = table,
    .operands = operands,
    .opts_size = sizeof(struct opts),
    .run = radrun_run};
