/* Times of files decide what is stale, and a clock may be set back: then what was made before looks
 * newer than what it must be made from. Files with a time in the future are made again. */
#include "graph/run.h"

#include "base/clock.h"
#include "io/atomic.h"

#include <fcntl.h>
#include <fts.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CLOCK_FILE STATE_DIR "/clock"
#define NINJA_LOG  STATE_DIR "/.ninja_log"

static const double tolerance_s = 0.5;

/* Now, by the clock that gives files their times (a file server has its own), ns; -1: unknown. */
static long long now_ns(void)
{
    struct stat st;
    int fd = open(CLOCK_FILE, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    bool ok = fd >= 0 && futimens(fd, NULL) == 0 && fstat(fd, &st) == 0;
    if (fd >= 0)
        close(fd);
    return ok ? st.st_mtim.tv_sec * 1000000000LL + st.st_mtim.tv_nsec : -1;
}

/* Ninja's log: "start end time output hash" with tabs; removing a line makes its edge run again. */
static bool trim_log(long long now, struct err *e)
{
    size_t bytes;
    struct str kept = {0};
    if (access(NINJA_LOG, F_OK) != 0)
        return true;
    char *text = file_read(NINJA_LOG, SIZE_MAX / 2, &bytes, e);
    if (!text)
        return false;
    for (char *line = text, *end; *line; line = end) {
        char *rest = line;
        end = line + strcspn(line, "\n");
        end += *end == '\n';
        for (int tab = 0; tab < 2 && rest && rest < end; tab++)
            rest = (rest = memchr(rest, '\t', (size_t)(end - rest))) ? rest + 1 : NULL;
        if (*line == '#' || !rest || strtoll(rest, NULL, 10) <= now)
            str_add_n(&kept, line, (size_t)(end - line));
    }
    bool ok = kept.len == bytes || out_write(NINJA_LOG, str_text(&kept), kept.len, false, e);
    str_free(&kept);
    free(text);
    return ok;
}

static void trim_stamps(const struct graph *g, long long now)
{
    for (size_t i = 0; i < g->n; i++) {
        struct stat st;
        char *stamp = graph_stamp(g->edge[i]);
        if (stat(stamp, &st) == 0 && st.st_mtim.tv_sec * 1000000000LL + st.st_mtim.tv_nsec > now)
            unlink(stamp);
        free(stamp);
    }
}

bool run_clock_begin(const struct graph *g, bool ninja, struct run_clock *c, struct err *e)
{
    c->wall_ns = now_ns();
    c->steady_s = clock_s();
    if (c->wall_ns < 0)
        return err_errno(e, "writing " CLOCK_FILE);
    if (!ninja)
        trim_stamps(g, c->wall_ns);
    return !ninja || trim_log(c->wall_ns, e);
}

static void forget_all_times(void)
{
    char *const roots[] = {(char[]){STATE_DIR "/stamps"}, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; tree && (entry = fts_read(tree));)
        if (entry->fts_info == FTS_F)
            unlink(entry->fts_path);
    if (tree)
        fts_close(tree);
    unlink(NINJA_LOG);
}

bool run_clock_end(const struct run_clock *c, struct err *e)
{
    double wall_s = (double)(now_ns() - c->wall_ns) * 1e-9;
    if (wall_s > clock_s() - c->steady_s - tolerance_s)
        return true;
    forget_all_times();
    return err_set(
        e, ERR_FAILED,
        "the clock was set back while the run was at work: the next run makes all again");
}
