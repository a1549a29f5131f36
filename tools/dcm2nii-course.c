/* DICOM tree to manifest; one course of it, or one folder, to a NIfTI volume in its true geometry.
 */
#include "base/mem.h"
#include "base/str.h"
#include "cli/opt.h"
#include "course/headers.h"
#include "course/manifest.h"
#include "course/walk.h"

#include <limits.h>
#include <stdlib.h>

enum { SETS_NEWEST, SETS_ALL };

struct opts {
    const char *scan, *manifest, *course, *out, *cache, *folder;
    struct text_list exclude;
    int structure_sets;
};

static const char *const set_choices[] = {"newest", "all", NULL};

static const struct opt table[] = {
    {"scan", 0, OPT_DIR_IN, offsetof(struct opts, scan), "ROOT",
     "scan this folder and write a manifest"},
    {"exclude", 0, OPT_LIST, offsetof(struct opts, exclude), "DIR",
     "with --scan: a folder to pass over; repeatable"},
    {"structure-sets", 0, OPT_CHOICE, offsetof(struct opts, structure_sets), "WHICH",
     "with --scan: the newest structure set of a series, or all", "newest", .choices = set_choices},
    {"output", 'o', OPT_FILE_OUT, offsetof(struct opts, out), "OUT", "what to write"},
    {0}};

static const struct operand operands[] = {
    {"DIR", OPT_DIR_IN, offsetof(struct opts, folder), "folder that holds one series", 0, 1}, {0}};

static bool check(const void *opts, struct err *e)
{
    const struct opts *o = opts;
    if (!o->out)
        return err_set(e, ERR_USAGE, "no output: -o is missing");
    return true;
}

static bool run_scan(const struct opts *o, struct err *e)
{
    struct scan s = {0};
    struct str_list exclude = {0};
    char root[PATH_MAX];
    for (size_t i = 0; i < o->exclude.n; i++)
        str_list_add(&exclude, o->exclude.item[i]);
    bool ok = realpath(o->scan, root) || err_errno(e, "%s", o->scan);
    ok = ok && walk(root, &exclude, &s.files, e) && headers_read(root, &s.files, e) &&
         scan_group(&s, o->structure_sets == SETS_ALL, e) && manifest_write(o->out, root, &s, e);
    scan_free(&s);
    str_list_free(&exclude);
    return ok;
}

static bool run(const void *opts, struct err *e)
{
    const struct opts *o = opts;
    return run_scan(o, e);
}

static const char *const synopsis[] = {"--scan ROOT -o manifest.json", NULL};

const struct tool tool = {
    .name = "dcm2nii-course",
    .summary = "find the courses of a DICOM tree, and turn one into a NIfTI volume",
    .synopsis = synopsis,
    .opts = table,
    .operands = operands,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = run,
};
