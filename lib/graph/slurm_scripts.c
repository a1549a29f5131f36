/* The scripts of the jobs: short enough to be read and changed before they are submitted. */
#include "graph/slurm.h"

#include "io/atomic.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Megabytes of a job that scans and plans, or merges. */
enum { SCAN_MB = 2000, MERGE_MB = 2000 };

/* As one word of a shell, whatever it holds. */
static void add_quoted(struct str *s, const char *text)
{
    char *inside = str_replaced(text, "'", "'\\''");
    str_addf(s, "'%s'", inside);
    free(inside);
}

/* Begins a script: what sbatch reads, then the folder. Slurm takes the last of two directives, so
 * the user's stand behind ours. */
static bool begin(struct str *s, const char *about, const char *directives, const char *options,
                  struct err *e)
{
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here))
        return err_errno(e, "the current folder");
    str_addf(s, "#!/bin/bash\n%s%s", about, directives);
    if (options && *options)
        str_addf(s, "#SBATCH %s\n", options);
    str_add(s, "# shellcheck disable=SC2016\nset -eu\ncd ");
    add_quoted(s, here);
    str_add(s, "\nunset MAKEFLAGS MFLAGS MAKELEVEL NINJA_STATUS\n");
    return true;
}

static bool finish(struct str *s, const char *path, bool ok, struct err *e)
{
    ok = ok && make_folders(SLURM_DIR, e) && make_folders(STATE_DIR "/logs/slurm", e) &&
         out_write(path, s->text, s->len, true, e) &&
         (chmod(path, 0755) == 0 || err_errno(e, "%s", path));
    str_free(s);
    return ok;
}

static const char shard_work[] =
    "shard=${1:-${SLURM_ARRAY_TASK_ID:?which shard? give its number}}\n"
    "graph=" SHARDS_DIR "/$shard%s\n"
    "state=" SHARDS_STATE "/$shard\n"
    "[ -f \"$graph\" ] || { echo \"no shard $shard: $graph is not there\" >&2; exit 2; }\n"
    "# Not while a run on one machine is at work in this folder, and each shard once at a time.\n"
    "exec 8< " STATE_DIR "/lock 9> \"$state/lock\"\n"
    "flock --shared --timeout 600 8 || { echo 'a run is at work in this OUTDIR' >&2; exit 1; }\n"
    "flock --timeout 60 9 || { echo \"shard $shard is at work already\" >&2; exit 1; }\n"
    "# For whoever tidies up behind a shard that was killed.\n"
    ": > " STATE_DIR "/running\n"
    "exec %s -j \"${SLURM_CPUS_PER_TASK:-%d}\" -f \"$graph\"\n";

static bool write_shard(const struct slurm_job *job, struct err *e)
{
    struct str s = {0}, directives = {0};
    str_addf(&directives,
             "#SBATCH --job-name=radmill\n"
             "#SBATCH --array=1-%zu\n"
             "#SBATCH --nodes=1 --ntasks=1 --cpus-per-task=%d\n"
             "#SBATCH --mem=%.0fM\n"
             "#SBATCH --requeue --open-mode=append\n"
             "#SBATCH --output=" STATE_DIR "/logs/slurm/shard-%%a.log\n",
             job->shards, job->cores, job->memory_mb);
    bool ok =
        begin(&s,
              "# Written by radmill: one shard, whole courses of the cohort.\n"
              "#     cd OUTDIR && sbatch .radmill/slurm/shard.sh      all of them\n"
              "#     .radmill/slurm/shard.sh N                        shard N, without Slurm\n",
              directives.text, job->options, e);
    str_addf(&s, shard_work, job->ninja ? SHARD_NINJA : SHARD_MAKE,
             job->ninja ? "ninja -k 0" : "make -rk --no-print-directory", job->cores);
    str_free(&directives);
    return finish(&s, SLURM_DIR "/shard.sh", ok, e);
}

/* radrun with a task, when the run that submitted it has let go of OUTDIR. */
static void add_radrun(struct str *s, const struct slurm_job *job, const char *task)
{
    char *radrun = path_join(job->bin, "radrun");
    str_add(s, "flock --timeout 600 " STATE_DIR "/lock true\n");
    str_addf(s, "export MAKEFLAGS=-j%d\nexec ", job->cores);
    add_quoted(s, radrun);
    str_addf(s, " --task %s --set OUTDIR=.\n", task);
    free(radrun);
}

static void small_job(struct str *s, const char *name, int mb)
{
    str_addf(s,
             "#SBATCH --job-name=radmill-%s\n"
             "#SBATCH --nodes=1 --ntasks=1 --cpus-per-task=1\n"
             "#SBATCH --mem=%dM\n"
             "#SBATCH --requeue --open-mode=append\n"
             "#SBATCH --output=" STATE_DIR "/logs/slurm/%s.log\n",
             name, mb, name);
}

bool slurm_write_jobs(const struct slurm_job *job, struct err *e)
{
    struct str s = {0}, directives = {0};
    small_job(&directives, "merge", MERGE_MB);
    bool ok =
        begin(&s,
              "# Written by radmill: the tables of the cohort from the courses that are done,\n"
              "# and what is missing.\n"
              "#     cd OUTDIR && sbatch --dependency=afterany:JOB .radmill/slurm/merge.sh\n"
              "#     .radmill/slurm/merge.sh                          without Slurm\n",
              directives.text, job->options, e);
    add_radrun(&s, job, "slurm-merge");
    str_free(&directives);
    ok = finish(&s, SLURM_DIR "/merge.sh", ok, e);
    return ok && (job->shards == 0 || write_shard(job, e));
}

bool slurm_write_scan(const struct slurm_job *job, struct err *e)
{
    struct str s = {0}, directives = {0};
    small_job(&directives, "scan", SCAN_MB);
    bool ok = begin(&s, "# Written by radmill: the scan, which then submits the shards.\n",
                    directives.text, job->options, e);
    add_radrun(&s, job, "slurm");
    str_free(&directives);
    return finish(&s, SLURM_DIR "/scan.sh", ok, e);
}
