#include "guard/memory.h"

#include "base/str.h"

#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEEPEST = 16 }; /* generations of descendants that are looked at */

/* Without the pages of mapped files: an image that all workers map is in memory once, and can be
 * dropped at any time. */
static double own_mb(pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    FILE *f = fopen(path, "re");
    if (!f)
        return 0;
    long all, resident, shared;
    int n = fscanf(f, "%ld %ld %ld", &all, &resident, &shared);
    fclose(f);
    return n == 3 ? (double)(resident - shared) * (double)sysconf(_SC_PAGESIZE) / 1048576.0 : 0;
}

static double tree_mb(pid_t pid, int depth)
{
    double sum = own_mb(pid);
    if (depth >= DEEPEST)
        return sum;
    char path[96];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    FILE *f = fopen(path, "re");
    if (!f)
        return sum;
    int child;
    while (fscanf(f, "%d", &child) == 1)
        sum += tree_mb(child, depth + 1);
    fclose(f);
    return sum;
}

double memory_of_tree_mb(pid_t pid)
{
    return tree_mb(pid, 0);
}

static const char *front = ""; /* prefix of /proc and /sys: tests have their own */

void memory_look_below(const char *folder)
{
    front = folder;
}

static FILE *open_in_front(const char *path)
{
    struct str whole = {0};
    str_addf(&whole, "%s%s", front, path);
    FILE *f = fopen(whole.text, "re");
    str_free(&whole);
    return f;
}

static double kernel_available_mb(void)
{
    FILE *f = open_in_front("/proc/meminfo");
    if (!f)
        return INFINITY;
    char line[128];
    double kb = INFINITY;
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "MemAvailable: %lf", &kb) == 1)
            break;
    fclose(f);
    return kb / 1024.0;
}

/* The first number of a file of a control group; absent, "max" and v1's huge value are no limit. */
static double group_number(const char *folder, const char *file)
{
    char *path = path_join(folder, file);
    FILE *f = open_in_front(path);
    double value = INFINITY;
    if (f && (fscanf(f, "%lf", &value) != 1 || value > 1e18))
        value = INFINITY;
    if (f)
        fclose(f);
    free(path);
    return value;
}

/* The sum of the lines "key value" of a memory.stat whose keys are in the list, bytes. */
static double group_sum(const char *folder, const char *const *keys)
{
    char *path = path_join(folder, "memory.stat");
    FILE *f = open_in_front(path);
    double sum = 0, value;
    char line[128], key[64];
    while (f && fgets(line, sizeof line, f))
        for (const char *const *k = keys; *k; k++)
            if (sscanf(line, "%63s %lf", key, &value) == 2 && strcmp(key, *k) == 0)
                sum += value;
    if (f)
        fclose(f);
    free(path);
    return sum;
}

struct group_view {
    const char *mount;          /* where the hierarchy is */
    const char *controller;     /* its field in /proc/self/cgroup */
    const char *limit, *in_use; /* bytes */
    const char *cache[3]; /* fields of memory.stat: cached files, which the kernel drops when memory
                             is needed */
    const char *quota, *period; /* microseconds; v2 keeps both in one file */
};

static const struct group_view views[] = {
    {"/sys/fs/cgroup",
     "",
     "memory.max",
     "memory.current",
     {"active_file", "inactive_file"},
     "cpu.max",
     NULL},
    {"/sys/fs/cgroup/memory",
     "memory",
     "memory.limit_in_bytes",
     "memory.usage_in_bytes",
     {"total_active_file", "total_inactive_file"},
     NULL,
     NULL},
    {"/sys/fs/cgroup/cpu", "cpu", NULL, NULL, {NULL}, "cpu.cfs_quota_us", "cpu.cfs_period_us"},
};
enum { VIEWS = sizeof views / sizeof views[0] };

/* Memory that a group is assumed to have left at least, within its limit: other processes may fill
 * the group for a moment, which must not make every region fail. */
static const double floor_mb = 256;

struct machine {
    double memory_mb, cores;
};

static void look_at_group(const struct group_view *v, const char *folder, struct machine *m)
{
    if (v->limit) {
        double limit = group_number(folder, v->limit);
        double in_use = group_number(folder, v->in_use) - group_sum(folder, v->cache);
        double left_mb = fmax((limit - in_use) / 1048576.0, fmin(limit / 1048576.0, floor_mb));
        if (isfinite(limit) && left_mb < m->memory_mb)
            m->memory_mb = left_mb;
    }
    if (!v->quota)
        return;
    double quota = group_number(folder, v->quota);
    double period = v->period ? group_number(folder, v->period) : 100000; /* v2's default */
    if (isfinite(quota) && quota > 0 && isfinite(period) && quota / period < m->cores)
        m->cores = quota / period;
}

/* A group's limits and those of every group above it. */
static void climb(const struct group_view *v, const char *group, struct machine *m)
{
    struct str folder = {0};
    str_addf(&folder, "%s%s", v->mount, group);
    size_t top = strlen(v->mount);
    for (;;) {
        look_at_group(v, folder.text, m);
        if (strlen(folder.text) <= top)
            break;
        *strrchr(folder.text, '/') = '\0';
    }
    str_free(&folder);
}

static bool has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list;; at++) {
        const char *end = strchrnul(at, ',');
        if ((size_t)(end - at) == n && memcmp(at, word, n) == 0)
            return true;
        if (!*end)
            return false;
        at = end;
    }
}

static void look_at_groups(struct machine *m)
{
    FILE *f = open_in_front("/proc/self/cgroup");
    if (!f)
        return;
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, f) > 0) { /* "id:controller,controller:/group" */
        char *controllers = strchr(line, ':');
        char *group = controllers ? strchr(controllers + 1, ':') : NULL;
        if (!group)
            continue;
        *group++ = '\0';
        group[strcspn(group, "\n")] = '\0';
        if (strcmp(group, "/") == 0)
            group = "";
        for (int i = 0; i < VIEWS; i++)
            if (has_word(controllers + 1, views[i].controller))
                climb(&views[i], group, m);
    }
    free(line);
    fclose(f);
}

/* --- an allocation of Slurm --- */

/* The number in a variable that Slurm sets; 0: none. */
static double told(const char *variable)
{
    const char *text = getenv("SLURM_JOB_ID") ? getenv(variable) : NULL;
    char *end;
    double value = text ? strtod(text, &end) : 0;
    return value > 0 && isfinite(value) && *end == '\0' ? value : 0;
}

int cores_allocated(void)
{
    double n = told("SLURM_CPUS_PER_TASK");
    n = n > 0 ? n : told("SLURM_CPUS_ON_NODE");
    return n > 0 && n < 1e6 ? (int)n : 0;
}

/* Where the site's Slurm uses no control groups, nothing else tells. */
static void look_at_allocation(struct machine *m)
{
    double memory_mb = told("SLURM_MEM_PER_NODE");
    if (!(memory_mb > 0))
        memory_mb = told("SLURM_MEM_PER_CPU") * told("SLURM_CPUS_ON_NODE");
    if (memory_mb > 0 && memory_mb < m->memory_mb)
        m->memory_mb = memory_mb;
    int cores = cores_allocated();
    if (cores && cores < m->cores)
        m->cores = cores;
}

double memory_available_mb(void)
{
    struct machine m = {kernel_available_mb(), INFINITY};
    look_at_groups(&m);
    look_at_allocation(&m);
    return m.memory_mb;
}

int cores_available(void)
{
    cpu_set_t set;
    struct machine m = {INFINITY, 1};
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        m.cores = CPU_COUNT(&set);
    look_at_groups(&m);
    look_at_allocation(&m);
    return m.cores < 1 ? 1 : (int)m.cores;
}
