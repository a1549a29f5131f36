/* A cohort from its DICOM tree to its tables: what pipeline.mk calls. */
#include "base/log.h"
#include "base/mem.h"
#include "cli/opt.h"
#include "graph/run.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

struct opts {
    const char *outdir, *course, *rules;
    struct text_list set;
    bool graph_only, status;
    int64_t status_fd;
};

static const struct opt table[] = {
    {"outdir", 0, OPT_DIR_OUT, offsetof(struct opts, outdir), "DIR", "where everything goes"},
    {"course", 0, OPT_DIR_IN, offsetof(struct opts, course), "DIR",
     "instead of a cohort: one folder with image.nii and masks/SOURCE/ROI.nii.gz"},
    {"set", 0, OPT_LIST, offsetof(struct opts, set), "NAME=VALUE",
     "a setting, as for make; it is remembered; an empty value forgets it; repeatable"},
    {"rules", 0, OPT_DIR_IN, offsetof(struct opts, rules), "DIR", "folder of pipeline.ninja"},
    {"graph-only", 0, OPT_FLAG, offsetof(struct opts, graph_only), NULL,
     "scan and write the graph, run nothing"},
    {"status", 0, OPT_FLAG, offsetof(struct opts, status), NULL,
     "only say how the last run of OUTDIR ended"},
    {"status-fd", 0, OPT_INT, offsetof(struct opts, status_fd), "N",
     "write the exit status as one byte to this descriptor too", "-1", .min = -1, .max = 1048576},
    {0}};

static const struct operand operands[] = {{0}};

static bool check(const void *values, struct err *e)
{
    const struct opts *o = values;
    if (!o->course && (!o->outdir || !o->outdir[0]))
        return err_set(e, ERR_USAGE, "OUTDIR is needed: where everything goes");
    if (o->status && !o->outdir)
        return err_set(e, ERR_USAGE, "--status is of an OUTDIR");
    return o->rules || o->status || err_set(e, ERR_USAGE, "--rules is needed");
}

/* The folder of this executable: the other tools are beside it. */
static bool own_folder(char **folder, struct err *e)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n < 0)
        return err_errno(e, "/proc/self/exe");
    path[n] = '\0';
    *folder = path_dir(path);
    return true;
}

/* For a caller that has a make between us and itself. */
static void tell(int64_t fd, enum err_code code)
{
    unsigned char byte = (unsigned char)code;
    if (fd >= 0 && write((int)fd, &byte, 1) != 1)
        log_warning("cannot write to descriptor %d", (int)fd);
}

static bool run(const void *values, struct err *e)
{
    const struct opts *o = values;
    size_t failed;
    if (o->status) {
        char *status = path_join(o->outdir, "_RESULTS/status.csv");
        bool ok = run_summary(status, SIZE_MAX, &failed, e);
        free(status);
        return ok;
    }
    char *bin = NULL, *rules = realpath(o->rules, NULL);
    struct run_request request = {.outdir = o->outdir,
                                  .course = o->course,
                                  .set = o->set.item,
                                  .sets = o->set.n,
                                  .rules = rules,
                                  .graph_only = o->graph_only};
    bool ok = own_folder(&bin, e);
    request.bin = bin;
    ok = ok && run_cohort(&request, e);
    tell(o->status_fd, ok ? ERR_NONE : e->code);
    free(bin);
    free(rules);
    return ok;
}

static const char *const synopsis[] = {"--outdir DIR --rules DIR [--set NAME=VALUE]...",
                                       "--outdir DIR --status", NULL};

const struct tool tool = {
    .name = "radrun",
    .summary = "run a cohort: scan, graph, one scheduler, tables",
    .synopsis = synopsis,
    .description =
        "Called by pipeline.mk, which takes settings from make's command line. The number of "
        "workers is MAKEFLAGS' -jN, else RTPIPELINE_USE_PARALLEL_RADIOMICS and "
        "RTPIPELINE_RADIOMICS_WORKERS, else automatic.",
    .opts = table,
    .operands = operands,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = run};
