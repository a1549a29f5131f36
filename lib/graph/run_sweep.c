/* Beginning and end of a run: one at a time, and after one that was killed its temporary files are
 * removed, which would fill the disk. */
#include "graph/run.h"

#include "base/log.h"
#include "graph/schedule.h"
#include "io/atomic.h"

#include <fcntl.h>
#include <fts.h>
#include <unistd.h>

#define RUNNING_FILE STATE_DIR "/running"

/* One run at a time; the lock ends with this process. */
bool run_entered(struct err *e)
{
    int fd = open(RUNNING_FILE, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return err_errno(e, "writing " RUNNING_FILE);
    close(fd);
    return true;
}

void run_left(void)
{
    unlink(RUNNING_FILE);
}

/* A region that failed may have been killed; others clean up themselves. */
static bool any_failed(void)
{
    size_t marks;
    struct err unread = {0};
    return !schedule_marks(&marks, &unread) || marks > 0;
}

static bool is_theirs(const char *folder, const struct run_settings *s)
{
    const char *root = settings_get(s, SET_DICOM_ROOT), *masks = settings_get(s, SET_AUTOSEG);
    return (root && same_file(folder, root)) || (masks && same_file(folder, masks));
}

void run_sweep(const struct run_settings *s)
{
    if (access(RUNNING_FILE, F_OK) != 0 && !any_failed())
        return;
    size_t removed = 0;
    char here[] = ".";
    char *const roots[] = {here, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; tree && (entry = fts_read(tree));) {
        if (entry->fts_info == FTS_D && is_theirs(entry->fts_path, s))
            fts_set(tree, entry, FTS_SKIP);
        else if (entry->fts_info == FTS_F && is_temp_name(entry->fts_name))
            removed += unlink(entry->fts_path) == 0;
    }
    if (tree)
        fts_close(tree);
    if (removed)
        log_info("%zu temporary files of a killed run removed", removed);
}
