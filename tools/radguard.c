/* Runs one command in isolation and writes a record of how it ended. The exit status is 0 when the
 * command could be started, however it ended. */
#include "base/log.h"
#include "base/mem.h"
#include "base/sha1.h"
#include "cli/opt.h"
#include "cli/run.h"
#include "guard/inputs.h"
#include "guard/products.h"
#include "guard/witness.h"
#include "io/atomic.h"
#include "io/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct opts {
    const char *record, *log, *limits, *lock, *failed, *stage, *need, *products, *tickets, *ticket,
        *witness;
    const char *inputs, *need_tickets;
    struct text_list after, product, reads;
    struct text_list command;
};

static const struct opt table[] = {
    {"record", 0, OPT_FILE_OUT, offsetof(struct opts, record), "FILE", "JSON record to write"},
    {"log", 0, OPT_FILE_OUT, offsetof(struct opts, log), "FILE", "what the command prints",
     .otherwise = "nowhere"},
    {"limits", 0, OPT_FILE_IN, offsetof(struct opts, limits), "FILE",
     "JSON with memory_mb and timeout_s", .otherwise = "none"},
    {"stage", 0, OPT_TEXT, offsetof(struct opts, stage), "NAME", "what the record is of",
     "command"},
    {"after", 0, OPT_LIST, offsetof(struct opts, after), "RECORD",
     "do not run unless that record says ok; inherit its outcome; repeatable"},
    {"need", 0, OPT_FILE_OUT, offsetof(struct opts, need), "FILE",
     "without this file there is nothing to do: skipped"},
    {"need-tickets", 0, OPT_DIR_OUT, offsetof(struct opts, need_tickets), "DIR",
     "folder of tickets: failed, not skipped, when they speak of that file"},
    {"inputs", 0, OPT_FILE_IN, offsetof(struct opts, inputs), "JOB",
     "JSON that names files with size and time: when one is no longer so afterwards, the command "
     "has failed, however it ended"},
    {"reads", 0, OPT_LIST, offsetof(struct opts, reads), "FILE",
     "exit status 3 is believed only when this file can be read; repeatable"},
    {"product", 0, OPT_LIST, offsetof(struct opts, product), "FILE",
     "must exist afterwards, and is removed when the command did not end well; repeatable"},
    {"products", 0, OPT_FILE_IN, offsetof(struct opts, products), "LIST",
     "more products, one a line"},
    {"tickets", 0, OPT_DIR_OUT, offsetof(struct opts, tickets), "DIR",
     "folder for a small file per product that changes only when the product does"},
    {"ticket", 0, OPT_FILE_OUT, offsetof(struct opts, ticket), "FILE",
     "such a file for the record and what else has none; written last"},
    {"witness", 0, OPT_FILE_OUT, offsetof(struct opts, witness), "FILE",
     "file that the command writes last; with it products may be absent, and exit status 3 is a "
     "good end"},
    {"failed", 0, OPT_DIR_OUT, offsetof(struct opts, failed), "DIR",
     "folder that gets a mark (the names of record and ticket) while the record says failed"},
    {"lock", 0, OPT_FILE_OUT, offsetof(struct opts, lock), "FILE",
     "hold this lock while the command runs"},
    {0}};

static const struct operand operands[] = {{"COMMAND", OPT_TEXT, offsetof(struct opts, command),
                                           "command and its arguments, behind --", 1, -1},
                                          {0}};

static bool check(const void *values, struct err *e)
{
    const struct opts *o = values;
    return o->record || err_set(e, ERR_USAGE, "--record is needed");
}

static bool read_limits(const char *path, struct guard_limits *l, struct err *e)
{
    json_t *root = path ? json_read(path, e) : NULL;
    if (!root)
        return !path;
    json_get_real(root, "memory_mb", &l->memory_mb);
    json_get_real(root, "timeout_s", &l->wall_s);
    json_decref(root);
    return true;
}

/* true when the command is not to run, and r says why: a predecessor that did not end well, or
 * nothing to work on. */
static bool is_settled(const struct opts *o, struct record *r)
{
    for (size_t i = 0; i < o->after.n; i++) {
        struct err e = {0};
        struct record before;
        if (!record_read(&before, o->after.item[i], &e)) {
            record_state(r, RECORD_FAILED, "guard", e.text);
            return true;
        }
        if (before.state != RECORD_OK) {
            *r = before;
            r->seconds = r->cpu_seconds = r->peak_mb = 0;
            return true;
        }
        record_free(&before);
    }
    if (!o->need || access(o->need, F_OK) == 0 || errno != ENOENT)
        return false;
    if (o->need_tickets && witness_expects(o->need_tickets, o->need))
        record_state(r, RECORD_FAILED, "guard", "its mask was removed");
    else
        record_state(r, RECORD_SKIPPED, "guard", "no mask");
    return true;
}

static bool take_lock(const char *path, int *fd, struct err *e)
{
    *fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666) : -1;
    if (!path)
        return true;
    if (*fd < 0)
        return err_errno(e, "cannot open %s", path);
    while (flock(*fd, LOCK_EX) != 0)
        if (errno != EINTR)
            return err_errno(e, "cannot lock %s", path);
    return true;
}

static bool folder_of(const char *path, struct err *e)
{
    char *folder = path_dir(path);
    bool ok = make_folders(folder, e);
    free(folder);
    return ok;
}

/* A refusal keeps a region out until its inputs change, so the command must refuse twice: a read
 * error that occurs once looks like a broken file. */
static bool run_twice(const struct opts *o, const struct guard_command *command,
                      const struct guard_limits *limits, struct guard_outcome *outcome,
                      struct err *e)
{
    const char *log = o->log ? o->log : "/dev/null";
    return guard_run(command, limits, log, outcome, e) &&
           (outcome->end != GUARD_EXITED || outcome->status != ERR_REFUSED ||
            guard_run(command, limits, log, outcome, e));
}

/* Inputs that changed while the command ran make its outcome invalid. */
static void distrust(const struct opts *o, struct record *r)
{
    struct err why = {0};
    bool refused = r->exit_status == ERR_REFUSED;
    bool ok = !o->inputs || r->state == RECORD_FAILED || inputs_check(o->inputs, refused, &why);
    for (size_t i = 0; ok && refused && i < o->reads.n; i++)
        ok = input_reads(o->reads.item[i], o->reads.item[i], true, &why);
    if (!ok)
        record_change(r, RECORD_FAILED, why.text);
}

/* Is the file that a command names the one that runs here? Its name does not count: whatever stands
 * in the place of a tool of ours is started as the program that it is. */
static bool is_this_program(const char *path)
{
    return strchr(path, '/') && access(path, X_OK) == 0 && same_file(path, "/proc/self/exe");
}

static bool run_command(const struct opts *o, struct record *r, struct err *e)
{
    struct guard_limits limits = {0};
    struct guard_outcome outcome;
    int lock = -1;
    char **argv = mem_must(calloc(o->command.n + 1, sizeof *argv));
    for (size_t i = 0; i < o->command.n; i++)
        argv[i] = (char *)o->command.item[i];
    const struct guard_command command = {argv, is_this_program(argv[0]) ? tools_main_again : NULL};
    bool ok = read_limits(o->limits, &limits, e) && (!o->log || folder_of(o->log, e)) &&
              take_lock(o->lock, &lock, e) && run_twice(o, &command, &limits, &outcome, e);
    if (lock >= 0)
        close(lock);
    free(argv);
    if (!ok)
        return false;
    if (outcome.end == GUARD_INTERRUPTED)
        return err_set(e, ERR_INTERRUPTED, "interrupted");
    record_judge(r, o->stage, &outcome, &limits, o->log);
    distrust(o, r);
    return true;
}

/* Writes the mark by which the next run finds what to try again without reading every record. It
 * is flushed in every case: no ticket speaks of it. */
static bool mark(const struct opts *o, bool failed, struct err *e)
{
    struct sha1 digest;
    char name[41];
    if (!o->failed)
        return true;
    sha1_init(&digest);
    sha1_add(&digest, o->record, strlen(o->record));
    sha1_hex(&digest, name);
    char *path = path_join(o->failed, name);
    struct str text = {0};
    bool ok = true;
    str_addf(&text, "%s\n%s\n", o->record, o->ticket ? o->ticket : "");
    if (failed)
        ok = make_folders(o->failed, e) && out_write_flushed(path, text.text, text.len, e);
    else
        unlink(path);
    str_free(&text);
    free(path);
    return ok;
}

/* Before the command: removes the record of an earlier run and makes the folders. */
static bool prepare(const struct opts *o, struct products *p, struct err *e)
{
    for (size_t i = 0; i < o->product.n; i++)
        str_list_add(&p->file, o->product.item[i]);
    if (o->products && !products_read(p, o->products, e))
        return false;
    bool ok = folder_of(o->record, e);
    unlink(o->record);
    for (size_t i = 0; ok && i < p->file.n; i++)
        ok = folder_of(p->file.item[i], e);
    products_prepare(p);
    return ok;
}

/* When the outcome cannot be written, only this command is affected: a missing record counts as
 * failed, and an empty ticket as no ticket, so that the next run tries again. */
static bool give_up(const struct opts *o, const struct products *p, struct err *e)
{
    struct err ignored = {0};
    if (!o->ticket || e->code == ERR_INTERRUPTED || !folder_of(o->ticket, &ignored))
        return false;
    unlink(o->record);
    /* their tickets change, too: what is made from them must not pass for up to date */
    products_settle(p, &(struct record){.state = RECORD_FAILED}, &ignored);
    int fd = open(o->ticket, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return false;
    close(fd);
    mark(o, true, &ignored);
    log_warning("%s: its outcome cannot be recorded: %s", o->record, e->text);
    *e = (struct err){0};
    return true;
}

static bool radguard_run(const void *values, struct err *e)
{
    const struct opts *o = values;
    struct products products = {.tickets = o->tickets, .ticket = o->ticket, .witness = o->witness};
    struct record r = {0};
    guard_die_with_parent();
    bool ok = prepare(o, &products, e) && (is_settled(o, &r) || run_command(o, &r, e)) &&
              products_settle(&products, &r, e) && mark(o, r.state == RECORD_FAILED, e) &&
              record_write(&r, o->record, e) && products_seal(&products, o->record, e);
    if (ok && r.state == RECORD_FAILED)
        log_warning("%s: %s: %s", o->record, r.stage, r.reason);
    ok = ok || give_up(o, &products, e);
    record_free(&r);
    products_free(&products);
    return ok;
}

static const char *const synopsis[] = {"--record FILE [OPTION]... -- COMMAND [ARGUMENT]...", NULL};
static const char *const examples[] = {
    "radguard --record gtv.json --log gtv.log --product gtv.csv -- radfeat ct.nii gtv.nii.gz -o "
    "gtv.csv",
    NULL};

const struct tool radguard_tool = {
    .name = "radguard",
    .summary = "run one command within limits and record how it ended",
    .synopsis = synopsis,
    .description = "The command runs with one thread, in its own process group, within "
                   "limits of memory and time, and dies with its parent. The record "
                   "says ok, skipped (exit status 3) or failed, why, and what it took.",
    .opts = table,
    .operands = operands,
    .examples = examples,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = radguard_run};
