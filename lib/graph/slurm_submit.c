/* Slurm by its own commands: sbatch, squeue, scontrol, scancel. */
#include "graph/slurm.h"

#include "base/log.h"
#include "graph/progress.h"
#include "graph/spawn.h"
#include "io/atomic.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define JOBS_FILE SLURM_DIR "/jobs"

enum {
    USUAL_ARRAY = 1001, /* Slurm's own MaxArraySize */
    MOST_JOBS_BYTES = 1 << 16,
    COMMAND_NOT_FOUND = 127,
};

/* The first thing it complains of. */
static void hear(void *of, char *line)
{
    struct str *complaint = of;
    if (!complaint->len)
        clean_text(line, complaint);
}

/* Runs one of Slurm's commands. false: it could not be, or ended badly; *complaint says why. */
static bool command(const char *const *argv, struct str *out, struct str *complaint)
{
    int status = 0;
    struct err why = {0};
    const struct spawn s = {.argv = argv, .out = out, .line = hear, .of = complaint};
    bool ok = spawn_wait(&s, &status, &why);
    if (!ok || status == COMMAND_NOT_FOUND) {
        str_free(complaint);
        str_addf(complaint, "%s cannot be run: is Slurm installed here?", argv[0]);
    } else if (status != 0 && !complaint->len) {
        str_addf(complaint, "%s ended with status %d", argv[0], status);
    }
    return ok && status == 0;
}

size_t slurm_most_elements(void)
{
    const char *const argv[] = {"scontrol", "show", "config", NULL};
    struct str out = {0}, ignored = {0};
    unsigned long most = USUAL_ARRAY;
    const char *at = command(argv, &out, &ignored) ? strstr(str_text(&out), "MaxArraySize") : NULL;
    if (at && (at = strchr(at, '=')))
        most = strtoul(at + 1, NULL, 10);
    str_free(&out);
    str_free(&ignored);
    return most > 1 ? most - 1 : 1; /* numbers of elements are below it, and ours begin with 1 */
}

/* --- which jobs there are --- */

static bool is_own(const char *job)
{
    const char *own = getenv("SLURM_JOB_ID"), *array = getenv("SLURM_ARRAY_JOB_ID");
    return (own && strcmp(job, own) == 0) || (array && strcmp(job, array) == 0);
}

/* With commas between; what is no number is passed over. */
static void read_jobs(struct str *list)
{
    size_t bytes;
    struct err ignored = {0};
    char *rest = NULL, *text = access(JOBS_FILE, R_OK) == 0
                                   ? file_read(JOBS_FILE, MOST_JOBS_BYTES, &bytes, &ignored)
                                   : NULL;
    for (char *job = text ? strtok_r(text, "\n", &rest) : NULL; job;
         job = strtok_r(NULL, "\n", &rest))
        if (*job && strspn(job, "0123456789") == strlen(job) && !is_own(job))
            str_addf(list, "%s%s", list->len ? "," : "", job);
    free(text);
}

static bool note_jobs(const char *const *jobs, struct err *e)
{
    struct str s = {0};
    for (; *jobs; jobs++)
        str_addf(&s, "%s\n", *jobs);
    bool ok = out_write(JOBS_FILE, str_text(&s), s.len, false, e);
    str_free(&s);
    return ok;
}

/* Slurm forgets jobs that ended; asked for one that it forgot, squeue ends with an error that says
 * so. Where it cannot be asked at all, the locks of shards at work must do. */
static bool are_queued(const char *jobs)
{
    const char *const argv[] = {"squeue", "--noheader", "--format=%A", "--jobs", jobs, NULL};
    struct str out = {0}, complaint = {0};
    bool told = command(argv, &out, &complaint);
    bool any = told && strpbrk(str_text(&out), "0123456789") != NULL;
    if (!any && (told || strstr(complaint.text, "Invalid job id")))
        unlink(JOBS_FILE); /* ended: not to be asked about again */
    else if (!told)
        log_warning(
            "cannot ask Slurm about jobs %s of this OUTDIR (%s): they are assumed to have ended",
            jobs, complaint.text);
    str_free(&out);
    str_free(&complaint);
    return any;
}

bool slurm_check_free(struct err *e)
{
    struct str jobs = {0};
    read_jobs(&jobs);
    bool queued = jobs.len && are_queued(jobs.text);
    if (queued)
        err_set(e, ERR_REFUSED, "jobs of this OUTDIR wait or are at work (squeue -j %s)",
                jobs.text);
    str_free(&jobs);
    return !queued &&
           (!shards_at_work() ||
            err_set(e, ERR_REFUSED, "a shard of this OUTDIR is at work (its lock is held)"));
}

/* --- submitting --- */

/* The number of the new job ("123" or "123;cluster"), into a buffer. */
enum { JOB_SIZE = 32 };
static bool submit(const char *script, const char *dependency, char job[JOB_SIZE], struct err *e)
{
    const char *const argv[] = {"sbatch", "--parsable", dependency ? dependency : script,
                                dependency ? script : NULL, NULL};
    struct str out = {0}, complaint = {0};
    bool ok = command(argv, &out, &complaint);
    size_t digits = strspn(str_text(&out), "0123456789");
    if (!ok)
        err_set(e, ERR_FAILED, "%s", complaint.text);
    else if (!digits || digits >= JOB_SIZE)
        ok = err_set(e, ERR_FAILED, "sbatch did not tell the number of the job");
    if (ok)
        snprintf(job, JOB_SIZE, "%.*s", (int)digits, out.text);
    str_free(&out);
    str_free(&complaint);
    return ok;
}

static void cancel(const char *job)
{
    const char *const argv[] = {"scancel", job, NULL};
    struct str out = {0}, ignored = {0};
    command(argv, &out, &ignored);
    str_free(&out);
    str_free(&ignored);
}

static void say_how(const char *jobs, const char *with_blanks)
{
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here))
        here[0] = '\0';
    say("  watch:  squeue -j %s; logs in .radmill/logs/slurm\n"
        "  cancel: scancel %s\n"
        "  resume: make slurm OUTDIR=%s, or make -jN OUTDIR=%s on one machine, when they have "
        "ended\n",
        jobs, with_blanks, here, here);
}

bool slurm_submit(const struct slurm_job *job, struct err *e)
{
    char array[JOB_SIZE] = "", merge[JOB_SIZE] = "", after[JOB_SIZE + 32], both[2 * JOB_SIZE + 2];
    if (job->shards && !submit(SLURM_DIR "/shard.sh", NULL, array, e))
        return false;
    snprintf(after, sizeof after, "--dependency=afterany:%s", array);
    bool ok = submit(SLURM_DIR "/merge.sh", *array ? after : NULL, merge, e) &&
              note_jobs((const char *const[]){merge, *array ? array : NULL, NULL}, e);
    if (!ok) {
        if (*array)
            cancel(array);
        if (*merge)
            cancel(merge);
        return false;
    }
    if (*array)
        say("radmill: submitted: job %s (%zu shard%s), and job %s, which merges behind it\n", array,
            job->shards, job->shards == 1 ? "" : "s", merge);
    else
        say("radmill: submitted: job %s, which merges\n", merge);
    snprintf(both, sizeof both, "%s%s%s", array, *array ? "," : "", merge);
    snprintf(after, sizeof after, "%s%s%s", array, *array ? " " : "", merge);
    say_how(both, after);
    return true;
}

bool slurm_submit_scan(struct err *e)
{
    char job[JOB_SIZE] = "";
    if (!submit(SLURM_DIR "/scan.sh", NULL, job, e))
        return false;
    if (!note_jobs((const char *const[]){job, NULL}, e)) {
        cancel(job);
        return false;
    }
    say("radmill: submitted: job %s, which scans and then submits the others\n", job);
    say_how(job, job);
    return true;
}
