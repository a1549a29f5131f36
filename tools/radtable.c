/* The tables that the graph makes besides merging. */
#include "cli/opt.h"
#include "graph/tables.h"
#include "guard/witness.h"

#include <stddef.h>

struct opts {
    const char *course, *courses, *left_out, *out, *status, *tickets;
};

static const struct opt table[] = {
    {"course", 0, OPT_FILE_IN, offsetof(struct opts, course), "JOB",
     "write the tables of the course that this file describes"},
    {"courses", 0, OPT_FILE_IN, offsetof(struct opts, courses), "JOB",
     "write the table of courses: UIDs, sizes, how they were acquired"},
    {"left-out", 0, OPT_FILE_IN, offsetof(struct opts, left_out), "JOB",
     "write the table of what was left out"},
    {"output", 'o', OPT_FILE_OUT, offsetof(struct opts, out), "FILE", "table to write"},
    {"status", 0, OPT_FILE_OUT, offsetof(struct opts, status), "FILE",
     "with --course: status of every region"},
    {"tickets", 0, OPT_DIR_OUT, offsetof(struct opts, tickets), "DIR",
     "folder for small files that say what was written, by which damage is noticed"},
    {0}};

static const struct operand operands[] = {{0}};

static bool check(const void *values, struct err *e)
{
    const struct opts *o = values;
    if (!!o->course + !!o->courses + !!o->left_out != 1)
        return err_set(e, ERR_USAGE, "one of --course, --courses and --left-out is needed");
    if (!o->out || (o->course && !o->status))
        return err_set(e, ERR_USAGE, "-o is needed, and --status with --course");
    return true;
}

static bool radtable_run(const void *values, struct err *e)
{
    const struct opts *o = values;
    bool ok = o->course    ? tables_course(o->course, o->out, o->status, e)
              : o->courses ? tables_courses(o->courses, o->out, e)
                           : tables_left_out(o->left_out, o->out, e);
    const char *const products[] = {o->out, o->status};
    for (int i = 0; ok && o->tickets && i < 2; i++)
        ok = !products[i] || witness_write_one(o->tickets, products[i], e);
    return ok;
}

static const char *const synopsis[] = {"--course JOB -o radiomics.csv --status status.csv",
                                       "--courses JOB -o courses.csv",
                                       "--left-out JOB -o left_out.csv", NULL};

const struct tool tool = {
    .name = "radtable",
    .summary = "write the tables of one course, of all courses, or of what was left out",
    .synopsis = synopsis,
    .description = "Run by the graph. The job files come with the graph.",
    .opts = table,
    .operands = operands,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = radtable_run};
